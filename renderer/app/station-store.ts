import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StationApi } from '../../preload/contract/api.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';

/** Without a frame for this long nothing on screen may claim to be the present. */
export const FRAME_TIMEOUT_MS = 2000;
const WATCH_MS = 200;

export interface StationState {
  /** The newest frame, or null before the first one. */
  readonly frame: StationFrame | null;
  /** Frames are arriving. False blanks every number. */
  readonly live: boolean;
}

export type StationStore = StoreApi<StationState>;

/**
 * Feeds one store from the station topic and watches that it keeps coming. Frames are whole, so a missing number
 * loses nothing; an older number is never shown over a newer one.
 *
 * @param now monotonic milliseconds
 * @returns the store and a function that ends the feed
 */
export function createStationStore(
  api: Pick<StationApi, 'subscribe' | 'onConnection'>,
  now: () => number = () => performance.now(),
): { store: StationStore; stop: () => void } {
  const store = createStore<StationState>(() => ({ frame: null, live: false }));
  let newest = -1;
  let arrivedAt = Number.NEGATIVE_INFINITY;

  const unsubscribe = api.subscribe('station', (update) => {
    // Number 0 is a fresh snapshot: the count begins again after every reconnection.
    if (update.number !== 0 && update.number <= newest) return;
    newest = update.number;
    arrivedAt = now();
    store.setState({ frame: update.data, live: true });
  });
  const forget = api.onConnection((connected) => {
    newest = -1;
    if (!connected) store.setState({ live: false });
  });
  const watch = setInterval(() => {
    if (store.getState().live && now() - arrivedAt >= FRAME_TIMEOUT_MS) store.setState({ live: false });
  }, WATCH_MS);

  return {
    store,
    stop: () => {
      unsubscribe();
      forget();
      clearInterval(watch);
    },
  };
}

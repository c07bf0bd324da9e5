import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StationApi } from '../../../preload/contract/api.ts';

/** A call that has not returned by now may not have arrived. */
export const STOP_ANSWER_MS = 1500;

/** How long "sent" stays on screen; what the pump then does is told by frames alone. */
export const SENT_SHOWN_MS = 8000;

/** What became of the last press at a chair. The pump's own state is told by frames, never from here. */
export type StopPress =
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'failed'; readonly message: string };

export type StopPresses = Readonly<Record<string, StopPress>>;

export interface StopControl {
  readonly presses: StoreApi<StopPresses>;
  /** Calls at once and may be repeated without harm. */
  readonly press: (chairId: string) => void;
  /** Forgets the last press: a new run has begun. */
  readonly forget: (chairId: string) => void;
}

/** The one place that sends a stop, shared by every STOP button and the key. */
export function createStopControl(api: { readonly chair: Pick<StationApi['chair'], 'stop'> }): StopControl {
  const presses = createStore<StopPresses>(() => ({}));
  const newest = new Map<string, number>();

  const forget = (chairId: string): void => {
    const { [chairId]: _old, ...others } = presses.getState();
    presses.setState(others, true);
  };

  const press = (chairId: string): void => {
    const answer = api.chair.stop({ chairId });
    const count = (newest.get(chairId) ?? 0) + 1;
    newest.set(chairId, count);
    let settled = false;
    const tell = (outcome: StopPress): void => {
      if (newest.get(chairId) === count) presses.setState({ [chairId]: outcome });
    };
    tell({ kind: 'sending' });
    setTimeout(() => {
      if (!settled) tell({ kind: 'failed', message: 'No answer from the station' });
    }, STOP_ANSWER_MS);
    answer.then(
      (result) => {
        settled = true;
        tell(result.ok ? { kind: 'sent' } : { kind: 'failed', message: result.message });
        if (result.ok) setTimeout(() => newest.get(chairId) === count && forget(chairId), SENT_SHOWN_MS);
      },
      () => {
        settled = true;
        tell({ kind: 'failed', message: 'The station could not be reached' });
      },
    );
  };

  return { presses, press, forget };
}

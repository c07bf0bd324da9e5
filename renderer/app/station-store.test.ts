import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StationApi } from '../../preload/contract/api.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { createStationStore } from './station-store.ts';

/** Both ends of the feed: what the store subscribed with, to call by hand. */
function wire() {
  let deliver: (number: number, data: StationFrame) => void = () => undefined;
  let connection: (connected: boolean) => void = () => undefined;
  const subscribe = ((name: string, listener: (update: { number: number; data: StationFrame }) => void) => {
    expect(name).toBe('station');
    deliver = (number, data) => listener({ number, data });
    return () => undefined;
  }) as StationApi['subscribe'];
  const feed = createStationStore(
    {
      subscribe,
      onConnection: (listener) => {
        connection = listener;
        return () => undefined;
      },
    },
    () => Date.now(),
  );
  return {
    ...feed,
    deliver: (number: number, data: StationFrame) => deliver(number, data),
    connection: (connected: boolean) => connection(connected),
  };
}

const frame = (now: string): StationFrame => ({
  now,
  monoMs: 0,
  demonstration: true,
  sound: { proved: true, heard: null, backup: null },
  record: { sealed: false, segment: 1, rootFingerprint: '', enrolled: false, concerns: [] },
  holds: [],
  access: { emergencies: [], awaitingReview: 0 },
  chairs: [],
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('two seconds without a frame blank the screen, the next frame brings it back', () => {
  const { store, deliver, stop } = wire();
  deliver(0, frame('a'));
  vi.advanceTimersByTime(1900);
  expect(store.getState().live).toBe(true);
  vi.advanceTimersByTime(300);
  expect(store.getState().live).toBe(false);
  deliver(1, frame('b'));
  expect(store.getState()).toMatchObject({ live: true, frame: { now: 'b' } });
  stop();
});

test('an older update never replaces a newer one, a gap in the numbers does no harm', () => {
  const { store, deliver, stop } = wire();
  deliver(0, frame('a'));
  deliver(7, frame('b'));
  deliver(6, frame('late'));
  expect(store.getState().frame?.now).toBe('b');
  stop();
});

test('a lost connection blanks at once and the count may begin again', () => {
  const { store, deliver, connection, stop } = wire();
  deliver(9, frame('a'));
  connection(false);
  expect(store.getState().live).toBe(false);
  connection(true);
  deliver(0, frame('b'));
  expect(store.getState()).toMatchObject({ live: true, frame: { now: 'b' } });
  stop();
});

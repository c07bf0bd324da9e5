import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageWatch } from './page-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  let frozen = 0;
  const watch = new PageWatch(() => void (frozen += 1));
  return { watch, frozen: () => frozen };
}

test('a page that reports once a second is left alone, one that stops is found within 3 s, once (R-7.20)', () => {
  const { watch, frozen } = watched();
  watch.loading();
  for (let second = 0; second < 60; second += 1) {
    vi.advanceTimersByTime(1000);
    watch.alive();
  }
  expect(frozen()).toBe(0);
  vi.advanceTimersByTime(3000);
  expect(frozen()).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(frozen()).toBe(1);
});

test('a page that never comes up is found, too, but has its time to load', () => {
  const { watch, frozen } = watched();
  watch.loading();
  vi.advanceTimersByTime(9000);
  expect(frozen()).toBe(0);
  vi.advanceTimersByTime(2000);
  expect(frozen()).toBe(1);
});

test('where there is no page nothing is found', () => {
  const { watch, frozen } = watched();
  watch.alive();
  watch.gone();
  vi.advanceTimersByTime(60_000);
  expect(frozen()).toBe(0);
});

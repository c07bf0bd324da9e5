import { expect, test } from 'vitest';
import { counterIncrement, mayDeliver } from './pump.ts';

test('every pump state but paused, stopped and alarm may move drug', () => {
  for (const state of ['infusing', 'waiting', 'purging', 'withdrawing'] as const) expect(mayDeliver(state)).toBe(true);
  for (const state of ['paused', 'stopped', 'alarm'] as const) expect(mayDeliver(state)).toBe(false);
});

test('a counter went up by its difference, and one that was cleared by all it shows (R-4.5)', () => {
  expect(counterIncrement(100, 130)).toBe(30);
  expect(counterIncrement(100, 100)).toBe(0);
  expect(counterIncrement(100, 7)).toBe(7);
});

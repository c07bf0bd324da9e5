import { expect, test } from 'vitest';
import { mayDeliver } from './pump.ts';

test('every pump state but paused, stopped and alarm may move drug', () => {
  for (const state of ['infusing', 'waiting', 'purging', 'withdrawing'] as const) expect(mayDeliver(state)).toBe(true);
  for (const state of ['paused', 'stopped', 'alarm'] as const) expect(mayDeliver(state)).toBe(false);
});

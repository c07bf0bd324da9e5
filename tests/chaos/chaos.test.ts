import { expect, test } from 'vitest';
import { runChaos } from './run-chaos.ts';

/** in short: every kind of fault is listed; a run of minutes is `npm run chaos`. */
test('90 s of faults at three chairs: no limit passed, no silent stop, no row lost', { timeout: 240_000 }, async () => {
  const summary = await runChaos({ minutes: 1.5, seed: 20 });
  expect(summary.violations).toEqual([]);
  expect(Object.keys(summary.faults).length).toBeGreaterThanOrEqual(20);
  expect(summary.kinds).toBeGreaterThanOrEqual(10);
  expect(summary.runs).toBeGreaterThanOrEqual(3);
});

import { expect, test } from 'vitest';
import { runChaos } from './run-chaos.ts';

/** in short; longer runs are `npm run chaos`. */
test('minutes of faults: no limit passed, no silent stop, no row lost', { timeout: 300_000 }, async () => {
  const summary = await runChaos({ minutes: 2.5, seed: 20 });
  expect(summary.violations).toEqual([]);
  expect(Object.keys(summary.faults).length).toBeGreaterThanOrEqual(20);
  expect(summary.kinds).toBeGreaterThanOrEqual(15);
  expect(summary.runs).toBeGreaterThanOrEqual(3);
});

import { expect, test } from 'vitest';
import { runChaos } from './run-chaos.ts';

/** in short; longer runs are `npm run chaos`. */
test('minutes of faults: no limit passed, no silent stop, no row lost', { timeout: 300_000 }, async () => {
  const summary = await runChaos({ minutes: 2.5, seed: 20 });
  expect(summary.violations).toEqual([]);
  // Played, not only written down.
  expect(summary.kinds).toBeGreaterThanOrEqual(30);
  expect(summary.refusals).not.toHaveProperty('session.resume SIGN_IN_FAILED');
  expect(summary.runs).toBeGreaterThanOrEqual(3);
});

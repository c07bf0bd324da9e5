import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { within } from './anchor-keeper.ts';

const PATIENCE = 200;

/** As the write of an anchor: one answer of the system after the other. */
async function work(): Promise<string> {
  for (let step = 0; step < 5; step += 1) await stat('.');
  return 'done';
}

test('a thread that stood still itself does not take the place of an anchor for silent', async () => {
  const answer = within(work(), PATIENCE);
  const until = performance.now() + 2 * PATIENCE;
  while (performance.now() < until);
  expect(await answer).toBe('done');
});

test('what hangs is given up after as long as it was given', async () => {
  const began = performance.now();
  await expect(within(new Promise(() => undefined), PATIENCE)).rejects.toThrow(/did not answer within 0.2 s/);
  expect(performance.now() - began).toBeGreaterThan(0.9 * PATIENCE);
});

import { describe, expect, test } from 'vitest';
import { PLANTED } from './limiter-planted.ts';
import { judgeSequences } from './run-limiter.ts';

const SEQUENCES = 2_000;
/** Each is found several times in so many. */
const WITH_A_MISTAKE = 1_500;
const FOREVER = Number.POSITIVE_INFINITY;

test('in seeded sequences of messages nothing above a hard limit leaves for the pump, by the bytes (R-4.1)', async () => {
  const judged = await judgeSequences({ sequences: SEQUENCES, seed: 1, seconds: FOREVER });
  expect(judged.findings).toEqual([]);
  expect(judged.sequences).toBe(SEQUENCES);
  // Enough must have been let through, or nothing was shown.
  expect(judged.rates).toBeGreaterThan(SEQUENCES / 10);
  expect(judged.volumes).toBeGreaterThan(SEQUENCES / 10);
  expect(judged.runs).toBeGreaterThan(SEQUENCES / 20);
});

describe('the judge finds a limiter that', () => {
  test.each(Object.entries(PLANTED))('%s', async (_name, mistake) => {
    const { failures } = await judgeSequences({
      sequences: WITH_A_MISTAKE,
      seed: 1,
      seconds: FOREVER,
      toFirst: true,
      mistake: mistake(),
    });
    expect(failures).toBeGreaterThan(0);
  });
});

test('the same seed gives the same run, another one another', async () => {
  const runs: number[] = [];
  for (const seed of [1, 1, 2]) runs.push((await judgeSequences({ sequences: 100, seed, seconds: FOREVER })).frames);
  expect(runs[1]).toBe(runs[0]);
  expect(runs[2]).not.toBe(runs[0]);
});

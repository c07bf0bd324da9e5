import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { step } from '../../core/engine/step.ts';
import { spell } from './alphabet.ts';
import { brokenIn, judgeHistories } from './histories.ts';
import { BEGINNINGS, NORMAL_STATES, NORMAL_WORK, STOPPING } from './scripts.ts';
import { Search } from './search.ts';

const MINUTE = 60_000;

describe('the shipped engine breaks no claim', () => {
  test(
    'in any state near normal work, walked through breadth first (R-9.4)',
    () => {
      const found = new Search(step).run(50_000);
      expect(found.violation).toBeNull();
      expect(found.states).toBeGreaterThanOrEqual(50_000);
    },
    5 * MINUTE,
  );

  test(
    'in every pair of a state of normal work and an event that calls for a stop (R-2.1)',
    () => {
      const found = new Search(step, spell(NORMAL_WORK), spell(STOPPING)).run(NORMAL_STATES);
      expect(found.violation).toBeNull();
      expect(found.transitions).toBeGreaterThan(found.expanded * STOPPING.length);
    },
    5 * MINUTE,
  );

  test(
    'in long random histories (R-2.8)',
    () => {
      expect(judgeHistories(step, 10_000, 1)).toBeNull();
    },
    5 * MINUTE,
  );
});

test(
  'npm run explore shares its work among workers and prints one line',
  async () => {
    const explore = fileURLToPath(new URL('./explore.ts', import.meta.url));
    const searches = ['--states', '100', '--normal-states', '200'];
    const counts = ['--histories', '20', '--station-histories', '10', '--station-letters', '1'];
    const asked = [...searches, ...counts, '--seed', '3', '--workers', '2'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [explore, ...asked]);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const told = {
      explore: 'engine',
      histories: 20,
      stationHistories: 10,
      stationWords: 11,
      seed: 3,
      workers: 2,
      violations: 0,
      normalWork: { complete: false },
    };
    expect(JSON.parse(stdout)).toMatchObject(told);
    expect(stderr).toContain('20 of 20 histories');
  },
  MINUTE,
);

/** Found by `npm run explore -- --histories 1000000`, with seed 2 after 160,000 histories, with seed 3 after 20,000. */
test('a renewal just missed before a gap of 2 s is not taken for a permission that is over', () => {
  const start = ['start', 'written', 'confirmed', 'written', 'confirmed', 'read infusing'];
  const history = [...(BEGINNINGS[1] ?? []), ...start, 'tick 1000', 'tick 1', ...start, 'tick 2000'];
  expect(brokenIn(step, [spell(history)])).toBeNull();
  expect(brokenIn(step, [spell([...history, 'tick 1', 'tick 1000'])])).toBeNull();
  expect(brokenIn(step, [spell([...history, 'start'])])).toBeNull();
});

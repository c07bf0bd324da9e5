import { describe, expect, test } from 'vitest';
import { step } from '../../core/engine/step.ts';
import { spell } from './alphabet.ts';
import { judgeHistories } from './histories.ts';
import { STOPS_IN_EVERY_STATE } from './invariants.ts';
import { PLANTED } from './planted.ts';
import { NORMAL_STATES, NORMAL_WORK, STOPPING } from './scripts.ts';
import { Search } from './search.ts';

const MINUTE = 60_000;

describe('the search finds an engine that', () => {
  test.each(Object.entries(PLANTED))(
    '%s',
    (_name, faulty) => {
      expect(new Search(faulty).run(45_000).violation).not.toBeNull();
    },
    5 * MINUTE,
  );
});

test('the pairs of state and stop find an engine that does not see that the guard tripped', () => {
  const faulty = PLANTED['does not see that the guard tripped'] ?? step;
  const found = new Search(faulty, spell(NORMAL_WORK), spell(STOPPING)).run(NORMAL_STATES);
  expect(found.violation?.broken).toBe(STOPS_IN_EVERY_STATE);
});

/** Whether there is a way out is not looked for in random histories. */
const IN_HISTORIES = Object.entries(PLANTED).filter(([name]) => name !== 'never lets a session end');

describe('random histories find an engine that', () => {
  test.each(IN_HISTORIES)(
    '%s',
    (_name, faulty) => {
      expect(judgeHistories(faulty, 2000, 1)).not.toBeNull();
    },
    5 * MINUTE,
  );
});

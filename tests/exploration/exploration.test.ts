import { describe, expect, test } from 'vitest';
import { step } from '../../core/engine/step.ts';
import { judgeHistories } from './histories.ts';
import { PLANTED } from './planted.ts';
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
    'in long random histories (R-2.8)',
    () => {
      expect(judgeHistories(step, 10_000, 1)).toBeNull();
    },
    5 * MINUTE,
  );
});

describe('the search finds an engine that', () => {
  test.each(Object.entries(PLANTED))(
    '%s',
    (_name, faulty) => {
      expect(new Search(faulty).run(30_000).violation).not.toBeNull();
    },
    5 * MINUTE,
  );
});

/** Whether there is a way out is not looked for in random histories. */
const IN_HISTORIES = Object.entries(PLANTED).filter(([name]) => name !== 'never lets a session end');

describe('random histories find an engine that', () => {
  test.each(IN_HISTORIES)(
    '%s',
    (_name, faulty) => {
      expect(judgeHistories(faulty, 1000, 1)).not.toBeNull();
    },
    5 * MINUTE,
  );
});

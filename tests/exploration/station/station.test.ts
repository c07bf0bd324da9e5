import { describe, expect, test } from 'vitest';
import { spell } from './letters.ts';
import { brokenIn, judgeStationHistories } from './station-histories.ts';
import { PLANTED } from './station-planted.ts';
import { judgeStationWords } from './station-words.ts';
import { StationWorld } from './station-world.ts';

const MINUTE = 60_000;

describe('the shipped station gives no patient more than a window allows, and has one owner of each chair, patient and epoch', () => {
  test(
    'in random histories of two chairs, restarts and clocks (R-9.4, R-4.5)',
    async () => {
      expect(await judgeStationHistories(2000, 1)).toBeNull();
    },
    5 * MINUTE,
  );

  test(
    'in every history of three letters (R-9.4, R-4.5)',
    async () => {
      expect(await judgeStationWords(3)).toEqual({ judged: 11 ** 3, violation: null });
    },
    5 * MINUTE,
  );
});

describe('random histories find a station that', () => {
  test.each(Object.entries(PLANTED))(
    '%s',
    async (_name, { breaks, ...mistake }) => {
      const found = await judgeStationHistories(2000, 1, mistake);
      expect(found?.broken).toMatch(breaks);
    },
    5 * MINUTE,
  );
});

test('what is explored is not refused throughout: doses flow up to the limit, and no further', async () => {
  const small = 'give small to P-1 at chair-1';
  const counters: number[][] = [];
  const broken = await StationWorld.play({}, async (world) => {
    for (const letter of spell([small, '5 h pass', 'give large to p-1 at chair-2', small, '24 h pass', small])) {
      await letter.happen(world);
      counters.push(['chair-1', 'chair-2'].map((chairId) => world.pump(chairId).counter));
    }
  });
  expect(broken).toEqual([]);
  expect(counters).toEqual([
    [800, 0],
    [800, 0],
    [800, 1200],
    [800, 1200],
    [800, 1200],
    [1600, 1200],
  ]);
});

/** Both were found by the search in a station that was believed to be right. */
describe('the station keeps the window where', () => {
  test('the wall clock was put forward and the machine started anew', async () => {
    const clock = ['wall clock put forward by a day', 'machine started anew'];
    expect(
      await brokenIn(spell(['give large to p-1 at chair-1', ...clock, 'give large to P-1 at chair-2'])),
    ).toBeNull();
  });

  test('a pump that nobody heard went on after its session was closed', async () => {
    const unheard = ['open long for P-1 at chair-1 and begin', 'line of chair-1 deaf', 'end at chair-1'];
    expect(await brokenIn(spell([...unheard, '24 h pass', 'give large to p-1 at chair-2']))).toBeNull();
  });
});

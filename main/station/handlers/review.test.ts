import { describe, expect, test } from 'vitest';
import type { TrendChunk } from '../../../db/trail.ts';
import { joinTrends } from './review.ts';

function chunk(mono: number, spo2: (number | null)[]): TrendChunk {
  const same = spo2.map(() => 1500);
  return {
    session: 's',
    chair: 'c',
    startedAt: `at ${mono}`,
    mono,
    spo2,
    pulse: spo2,
    rateUlPerH: same,
    deliveredUl: same,
  };
}

describe('trend of a session', () => {
  test('joins chunks on one axis and shows rates in mL/h', () => {
    const joined = joinTrends([chunk(5000, [97, null]), chunk(7010, [95])], 'opened');
    expect(joined).toMatchObject({ startedAt: 'at 5000', seconds: [0, 1, 2], spo2: [97, null, 95] });
    expect(joined.rateMlPerH).toEqual([1.5, 1.5, 1.5]);
  });

  test('seconds without a chunk are a gap, never a line', () => {
    const joined = joinTrends([chunk(5000, [97]), chunk(65_000, [95])], 'opened');
    expect(joined.seconds).toEqual([0, 1, 60]);
    expect(joined.spo2).toEqual([97, null, 95]);
    expect(joined.rateMlPerH).toEqual([1.5, null, 1.5]);
  });

  test('nothing yet is an empty trend from the opening', () => {
    expect(joinTrends([], 'opened')).toMatchObject({ startedAt: 'opened', seconds: [] });
  });
});

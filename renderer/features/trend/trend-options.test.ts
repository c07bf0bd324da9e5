import { expect, test } from 'vitest';
import { trendData } from './trend-options.ts';

test('seconds stand on the wall clock of the start, and a gap stays a gap', () => {
  const trend = {
    startedAt: '2026-11-22T14:00:00+02:00',
    seconds: [0, 1, 2],
    spo2: [97, null, 96],
    pulse: [70, null, 71],
    rateMlPerH: [0, 26.2, 26.2],
    signs: {},
  };
  const start = Date.UTC(2026, 10, 22, 12) / 1000;
  expect(trendData(trend)).toEqual([
    [start, start + 1, start + 2],
    [97, null, 96],
    [70, null, 71],
    [0, 26.2, 26.2],
  ]);
});

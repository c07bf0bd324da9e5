import { expect, test } from 'vitest';
import { PARAMETER_NAMES, PARAMETERS } from '../../../core/vitals.ts';
import { legendOf, trendData } from './trend-options.ts';

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

test('a line without an axis of its own says its unit and the values of its foot and top, and no two look alike', () => {
  const lines = legendOf(PARAMETER_NAMES.filter((name) => name !== 'spo2' && name !== 'pulse'));
  expect(lines.map(({ name }) => name)).toEqual([
    'SpO2 %',
    'Pulse /min',
    'Pump rate mL/h',
    ...PARAMETER_NAMES.filter((name) => name !== 'spo2' && name !== 'pulse').map((name) =>
      expect.stringMatching(new RegExp(`${PARAMETERS[name].unit}, \\d+ to \\d+$`)),
    ),
  ]);
  expect(new Set(lines.map(({ colour, dash }) => `${colour} ${dash.join()}`)).size).toBe(lines.length);
});

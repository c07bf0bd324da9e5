import { expect, test } from 'vitest';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { alarmMarks, valuesAt } from './trend-marks.ts';

const TREND = {
  startedAt: '2026-10-25T02:59:58+02:00',
  seconds: [0, 1, 2, 3, 60],
  spo2: [97, 96, null, null, 95],
  pulse: [70, 71, null, null, 72],
  rateMlPerH: [0, 26.2, 26.2, null, 26.2],
  signs: { etco2: [38, 38, null, null, 39] },
};

test.each([
  ['2026-10-25T02:59:59.900+02:00', 'SpO2 96 %, pulse 71 /min, pump rate 26.2 mL/h, EtCO2 38 mmHg'],
  // The clocks went back: an hour later by the wall is the next second.
  ['2026-10-25T02:00:00+01:00', 'SpO2 -- (gap) %, pulse -- (gap) /min, pump rate 26.2 mL/h, EtCO2 -- (gap) mmHg'],
])('at %s the trend has %s', (time, expected) => {
  expect(valuesAt(TREND, time)?.toLowerCase()).toBe(expected.toLowerCase());
});

test.each(['2026-10-25T02:59:57+02:00', '2026-10-25T02:00:20+01:00', '2026-10-25T02:01:30+01:00'])(
  'where the trend has nothing at %s, none of its neighbours is told instead',
  (time) => {
    expect(valuesAt(TREND, time)).toBeNull();
  },
);

test('marks are the alarms that came, not what was done about them', () => {
  const event = (act: string): TrailEvent => ({
    seq: 1,
    time: '2026-11-22T14:00:00Z',
    chairId: 'chair-1',
    sessionId: 's',
    actor: null,
    act,
    outcome: 'ok',
    text: '',
    priority: 'high',
  });
  const acts = ['alarm.raised', 'alarm.acknowledged', 'alarm.escalated', 'alarm.cleared', 'pump.state'];
  expect(alarmMarks(acts.map(event))).toHaveLength(2);
});

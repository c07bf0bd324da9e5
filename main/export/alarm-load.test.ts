import { expect, test } from 'vitest';
import { alarmLoadIn, alarmLoadJson } from './alarm-load.ts';

const LOAD = {
  byPriority: { high: 1, medium: 2, low: 0 },
  byAlarm: { 'spo2-low': 1, 'signal-poor': 2 },
  escalated: 0,
  audioPauses: 1,
  soundingMs: 30_000,
  overMs: 1_800_000,
};
const CLOSED = JSON.stringify({ act: 'session.close', new: { state: 'ended', alarmLoad: LOAD } });

test('the load of a session stands in its closing row, with alarms an hour in the export (R-6.10)', () => {
  const bodies = ['not JSON', '{"act":"session.open"}', CLOSED];
  expect(alarmLoadIn(bodies)).toEqual(LOAD);
  expect(JSON.parse(alarmLoadJson(bodies))).toMatchObject({ alarmLoad: { raised: 3, alarmsPerHour: 6 } });
});

test('a session without a closing row of this version has none', () => {
  expect(alarmLoadIn(['{"act":"session.close","new":{"state":"interrupted"}}'])).toBeNull();
  expect(JSON.parse(alarmLoadJson([]))).toEqual({ alarmLoad: null });
});

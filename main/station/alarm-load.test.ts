import { expect, test } from 'vitest';
import type { AlarmState } from '../../core/engine/state.ts';
import { millisecond } from '../../core/units.ts';
import { AlarmLoad } from './alarm-load.ts';

const CALLING: AlarmState = {
  raisedAt: millisecond(0),
  active: true,
  acknowledgedBy: null,
  escalated: false,
  silenced: false,
  value: null,
  limit: null,
};

test('counts alarms by name and priority, the time they sounded, and the pauses of their sound (R-6.10)', () => {
  const load = new AlarmLoad();
  load.tick({ alarms: {}, audioPausedUntil: null }, millisecond(1000));
  load.note({ key: 'spo2-low', change: 'raised' });
  load.note({ key: 'signal-poor:spo2', change: 'raised' });
  load.note({ key: 'signal-poor:spo2', change: 'cleared' });
  load.note({ key: 'signal-poor:spo2', change: 'raised' });
  load.note({ key: 'signal-poor:spo2', change: 'escalated' });
  load.tick({ alarms: { 'spo2-low': CALLING }, audioPausedUntil: null }, millisecond(4000));
  const silenced = { 'spo2-low': { ...CALLING, silenced: true } };
  load.tick({ alarms: silenced, audioPausedUntil: millisecond(9000) }, millisecond(6000));
  load.tick({ alarms: silenced, audioPausedUntil: millisecond(9000) }, millisecond(8000));
  load.tick(
    { alarms: { 'spo2-low': { ...CALLING, acknowledgedBy: 'ada' } }, audioPausedUntil: null },
    millisecond(9000),
  );
  expect(load.figures()).toEqual({
    byPriority: { high: 1, medium: 2, low: 0 },
    byAlarm: { 'spo2-low': 1, 'signal-poor:spo2': 2 },
    escalated: 1,
    audioPauses: 1,
    soundingMs: 3000,
    overMs: 8000,
  });
});

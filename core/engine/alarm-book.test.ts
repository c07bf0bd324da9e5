import { describe, expect, test } from 'vitest';
import type { AlarmKey } from '../alarm-keys.ts';
import { millisecond } from '../units.ts';
import { isDrawn } from './alarm-book.ts';
import { byTable, presentAlarms } from './facts.ts';
import type { AlarmState } from './state.ts';
import { Chair } from './testing.ts';

const raised: AlarmState = {
  raisedAt: millisecond(7),
  active: true,
  acknowledgedBy: null,
  escalated: false,
  silenced: false,
  value: null,
  limit: null,
};

describe('an alarm was drawn (R-6.5, R-6.6)', () => {
  const drawn = [{ key: 'vitals-lost:spo2' as const, raisedAt: millisecond(7) }];

  test('under its own key, not under that of another raised at the same instant', () => {
    expect(isDrawn(drawn, 'vitals-lost:spo2', raised)).toBe(true);
    expect(isDrawn(drawn, 'vitals-lost:pulse', raised)).toBe(false);
  });
});

test('what is acknowledged is not silenced any more: it is answered', () => {
  const chair = new Chair().infuse();
  chair.spo2 = 84;
  chair.pass(1000);
  const key = 'spo2-critical';
  const alarm = chair.state.alarms[key];
  if (alarm === undefined) throw new Error('no alarm');
  chair.state = { ...chair.state, alarms: { [key]: { ...alarm, silenced: true } } };
  chair.acknowledge();
  expect(chair.state.alarms[key]).toMatchObject({ acknowledgedBy: 'anna', silenced: false });
});

test('alarms stand in the order of the table, and of one row in the order of their keys, however they came', () => {
  const keys: readonly AlarmKey[] = ['signal-poor:spo2', 'vitals-lost:spo2', 'vitals-lost:pulse', 'stop-not-confirmed'];
  const inOrder = ['stop-not-confirmed', 'vitals-lost:pulse', 'vitals-lost:spo2', 'signal-poor:spo2'];
  const of = (order: readonly AlarmKey[]) =>
    presentAlarms({ alarms: Object.fromEntries(order.map((key) => [key, raised])) });
  expect(of(keys).map(([key]) => key)).toEqual(inOrder);
  expect(of(keys.toReversed()).map(([key]) => key)).toEqual(inOrder);
  expect(byTable('vitals-lost:spo2', 'vitals-lost:pulse')).toBeGreaterThan(0);
  expect(byTable('vitals-lost:pulse', 'vitals-lost:spo2')).toBeLessThan(0);
});

import { describe, expect, test } from 'vitest';
import { ALARMS, type AlarmId } from '../alarms.ts';
import { BINDING, brief, Chair } from './testing.ts';

const low = (chair: Chair) => {
  chair.spo2 = 84;
  chair.pass(1000);
  chair.rest();
  return chair;
};

describe('a latching alarm', () => {
  test('stays after its condition has gone, until a named person acknowledges it (R-6.6)', () => {
    const chair = low(new Chair().infuse());
    chair.spo2 = 98;
    expect(brief(chair.pass(1000))).toEqual([]);
    expect(chair.state.alarms['spo2-critical']).toMatchObject({ active: false, acknowledgedBy: null });
    expect(brief(chair.acknowledge())).toEqual(['acknowledged:spo2-critical', 'cleared:spo2-critical', 'accepted']);
    expect(chair.effects[0]).toMatchObject({ by: 'anna', value: 84, limit: 85 });
    expect(chair.state.alarms).toEqual({});
  });

  test('stays while its condition holds, acknowledged or not, and goes with it afterwards', () => {
    const chair = low(new Chair().infuse());
    expect(brief(chair.acknowledge())).toEqual(['acknowledged:spo2-critical', 'accepted']);
    expect(chair.state.alarms['spo2-critical']).toMatchObject({ active: true, acknowledgedBy: 'anna' });
    chair.spo2 = 98;
    expect(brief(chair.pass(1000))).toEqual(['cleared:spo2-critical']);
    expect(chair.effects).toEqual([]);
  });

  test('that comes back is raised anew, and an earlier acknowledgement does not count', () => {
    const chair = low(new Chair().infuse());
    chair.spo2 = 98;
    chair.pass(1000);
    chair.spo2 = 83;
    expect(brief(chair.pass(1000))).toEqual(['raised:spo2-critical']);
    expect(chair.state.alarms['spo2-critical']).toMatchObject({ value: 83, active: true, acknowledgedBy: null });
  });
});

describe('an alarm that does not latch', () => {
  test('goes with its condition, without anybody', () => {
    const chair = new Chair().arm();
    expect(brief(chair.send({ kind: 'record', healthy: false }))).toEqual(['raised:record-failed']);
    expect(brief(chair.send({ kind: 'record', healthy: true }))).toEqual(['cleared:record-failed']);
  });

  test('is acknowledged once and stays while it holds', () => {
    const chair = new Chair().arm();
    chair.send({ kind: 'record', healthy: false });
    expect(brief(chair.acknowledge())).toEqual(['acknowledged:record-failed', 'accepted']);
    expect(brief(chair.acknowledge())).toEqual(['accepted']);
    expect(brief(chair.send({ kind: 'record', healthy: true }))).toEqual(['cleared:record-failed']);
    expect(chair.effects[0]).toMatchObject({ by: 'anna' });
  });
});

test('acknowledging with nothing raised is accepted', () => {
  expect(brief(new Chair().acknowledge())).toEqual(['accepted']);
});

test('nothing is resumed while an alarm that pauses is present', () => {
  const chair = low(new Chair().infuse());
  expect(brief(chair.resume())).toEqual(['refused:alarm-active']);
  chair.acknowledge();
  expect(brief(chair.resume())).toEqual(['refused:alarm-active']);
  chair.spo2 = 98;
  chair.pass(31_000);
  expect(brief(chair.resume())).toEqual(['permit', 'program', 'accepted']);
});

describe('the record', () => {
  test('that fails does not stop a running infusion (R-2.4)', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'record', healthy: false });
    const effects = brief(chair.pass(10_000));
    expect(effects).not.toContain('stop');
    expect(effects).toContain('permit');
  });

  test('is no alarm without an open session', () => {
    expect(brief(new Chair().send({ kind: 'record', healthy: false }))).toEqual([]);
  });
});

describe('the table', () => {
  const rows = Object.entries(ALARMS) as [AlarmId, (typeof ALARMS)[AlarmId]][];

  test('has every alarm that pauses as high and latching (R-6.6)', () => {
    for (const [, row] of rows.filter(([, { action }]) => action === 'pause')) {
      expect(row).toMatchObject({ priority: 'high', latching: true });
    }
  });

  test('has the priority that harm and onset give by IEC 60601-1-8 (R-6.1)', () => {
    const standard = {
      'death-or-irreversible': { immediate: 'high', prompt: 'high', delayed: 'medium' },
      reversible: { immediate: 'high', prompt: 'medium', delayed: 'low' },
      minor: { immediate: 'medium', prompt: 'low', delayed: 'low' },
    } as const;
    const wrong = rows.filter(([, { priority, harm, onset }]) => standard[harm][onset] !== priority);
    expect(wrong).toEqual([]);
  });

  test('is ordered by priority (R-6.1)', () => {
    const order = rows.map(([, { priority }]) => ['high', 'medium', 'low'].indexOf(priority));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});

test('a high alarm that nobody acknowledged lets no session begin', () => {
  const chair = low(new Chair().infuse());
  chair.send({ kind: 'end', by: 'anna', reason: 'x' });
  const plan = () => brief(chair.send({ kind: 'plan', by: 'anna', binding: BINDING }));
  expect(plan()).toEqual(['refused:alarm-not-acknowledged']);
  chair.acknowledge();
  expect(plan()).toContain('accepted');
});

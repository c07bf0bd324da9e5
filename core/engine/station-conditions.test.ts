import { describe, expect, test } from 'vitest';
import type { AlarmId } from '../alarms.ts';
import { millisecond } from '../units.ts';
import { condition } from './alarm-book.ts';
import type { Phase } from './state.ts';
import { lastingIncidents, stationConditions } from './station-conditions.ts';
import { Chair } from './testing.ts';

test.each<[Phase, boolean]>([
  ['idle', false],
  ['planned', true],
  ['checked', true],
  ['armed', true],
  ['infusing', true],
  ['paused', true],
  ['ended', false],
  ['interrupted', false],
])('a failed record is an alarm where a session is open: %s %s', (phase, isAlarm) => {
  const chair = new Chair().arm();
  const state = { ...chair.state, phase, recordHealthy: false };
  const keys = stationConditions(state, millisecond(chair.now)).map(({ key }) => key);
  expect(keys.includes('record-failed')).toBe(isAlarm);
});

test('before the first tick there is no gap between two', () => {
  const { state } = new Chair().arm();
  expect(stationConditions({ ...state, lastTick: null }, millisecond(1e9))).toEqual([]);
});

const INCIDENTS: readonly AlarmId[] = [
  'pump-stopped',
  'pump-unexpected',
  'volume-deviation',
  'dose-ceiling',
  'command-unknown',
  'command-refused',
  'guard-tripped',
  'supervision-gap',
  'interrupted',
  'start-withdrawn',
  'infusion-complete',
];

describe('an incident', () => {
  /** Raised now, with figures of its own, and the pump read back as `state` a moment later. */
  function after(id: AlarmId, state: 'infusing' | 'stopped', isStopOwed = false) {
    const chair = new Chair().arm();
    const raisedAt = millisecond(chair.now);
    const alarm = {
      raisedAt,
      active: true,
      acknowledgedBy: null,
      escalated: false,
      silenced: false,
      value: 7,
      limit: 5,
    };
    chair.state = { ...chair.state, alarms: { [id]: alarm } };
    const { reading } = chair.state.pump;
    if (reading === null) throw new Error('no read-back');
    const pump = { ...chair.state.pump, reading: { ...reading, state, at: millisecond(chair.now + 250) } };
    const stopping = isStopOwed ? { since: raisedAt, lastSent: raisedAt, reason: 'x', pump: null } : null;
    return lastingIncidents({ ...chair.state, pump, stopping });
  }

  test.each(INCIDENTS)('%s lasts while the pump is not read back at rest', (id) => {
    expect(after(id, 'infusing')).toEqual([condition(id, 7, 5)]);
  });

  test('lasts where it is, but a stop was not confirmed yet', () => {
    expect(after('guard-tripped', 'stopped', true)).toEqual([condition('guard-tripped', 7, 5)]);
  });

  test.each(INCIDENTS)('%s is over once it is', (id) => {
    expect(after(id, 'stopped')).toEqual([]);
  });
});

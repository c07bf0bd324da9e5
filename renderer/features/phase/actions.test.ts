import { expect, test } from 'vitest';
import { alarm, IDLE } from '../../../tests/e2e/support/sample-frames.ts';
import type { ShownChair } from '../../app/shown.ts';
import { blockers, offered } from './actions.ts';

const chair: ShownChair = { ...IDLE, live: true, phase: 'armed', steadyMs: 12_900 };

test('start says how long the vitals have been steady, rounded down', () => {
  expect(blockers(chair, 'start')).toEqual(['Steady vitals 12 of 30 s']);
  expect(blockers({ ...chair, steadyMs: 30_000 }, 'start')).toEqual([]);
});

test('every known reason is told, not only the first', () => {
  const reasons = blockers({ ...chair, pump: { ...chair.pump, link: 'down' }, recordHealthy: false }, 'resume');
  expect(reasons).toEqual(['Steady vitals 12 of 30 s', 'No connection to the pump', 'The record cannot be written']);
});

test('nothing that lowers delivery is ever held back', () => {
  for (const action of ['pause', 'end'] as const)
    expect(blockers({ ...chair, recordHealthy: false }, action)).toEqual([]);
});

test('after an interruption the next session can be opened: the engine has nothing left to end', () => {
  expect(offered('interrupted')).toEqual({ next: 'open', others: [] });
});

test('a high alarm is acknowledged before a long form is filled in for a session that would be refused', () => {
  const interrupted: ShownChair = {
    ...chair,
    alarms: [
      {
        key: 'interrupted',
        id: 'interrupted',
        priority: 'high',
        message: 'm',
        active: false,
        acknowledged: false,
        escalated: false,
        silenced: false,
        raisedAtMs: 0,
        ageMs: 0,
        value: null,
        limit: null,
      },
    ],
  };
  expect(blockers(interrupted, 'open')).toEqual(['Acknowledge the high alarm first']);
  const acknowledged = interrupted.alarms.map((alarm) => ({ ...alarm, acknowledged: true }));
  expect(blockers({ ...interrupted, alarms: acknowledged }, 'open')).toEqual([]);
});

test('a resume that waits for an acknowledgement says so, and after it that the alarm lasts', () => {
  const alarm = {
    key: 'spo2-low',
    id: 'spo2-low',
    priority: 'high',
    message: 'SpO2 low',
    active: true,
    acknowledged: false,
    escalated: false,
    silenced: false,
    raisedAtMs: 0,
    ageMs: 0,
    value: 87,
    limit: 90,
  } as const;
  const paused = { ...chair, phase: 'paused' as const, alarms: [alarm] };
  expect(blockers(paused, 'resume')).toContain('Acknowledge the high alarm first');
  expect(blockers({ ...paused, alarms: [{ ...alarm, acknowledged: true }] }, 'resume')).toContain('High alarm lasts');
});

test('without frames no action is offered', () => {
  expect(offered(null)).toEqual({ next: null, others: [] });
});

test('a held station says so where a start would be refused, and nowhere else', () => {
  const held = { ...chair, steadyMs: 30_000, alarms: [alarm('station-held', 'medium', 'm')] };
  for (const action of ['arm', 'start', 'resume'] as const)
    expect(blockers(held, action)).toEqual(['The station is held: see the notice']);
  for (const action of ['open', 'check', 'pause', 'end'] as const) expect(blockers(held, action)).toEqual([]);
});

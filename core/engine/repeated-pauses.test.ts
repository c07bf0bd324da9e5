import { describe, expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../profile.ts';
import type { Millisecond } from '../units.ts';
import { causeOf, countPause } from './repeated-pauses.ts';
import { BINDING, brief, Chair } from './testing.ts';

const MINUTE = 60_000;

const resume = (chair: Chair, second?: string) => brief(chair.resume(second));

function pauseByHand(chair: Chair): void {
  chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
  chair.rest();
}

function pauseByAlarm(chair: Chair, spo2 = 80): void {
  chair.spo2 = spo2;
  chair.vitals();
  chair.rest();
  chair.spo2 = 98;
  chair.vitals();
  chair.acknowledge();
  chair.pass(31_000);
}

/** Pauses and resumes, each `apart` milliseconds after the one before, and ends paused. */
function pauses(chair: Chair, times: number, apart: number, pause: (chair: Chair) => void = pauseByHand): void {
  for (let time = 1; time <= times; time += 1) {
    pause(chair);
    if (time === times) return;
    chair.resume();
    chair.runChain();
    chair.pass(apart);
  }
}

describe('the same pause again and again (R-2.9)', () => {
  test.each([
    ['by a person', pauseByHand, 'person'],
    ['by an alarm', (chair: Chair) => pauseByAlarm(chair), 'spo2'],
  ] as const)('%s locks the third time and opens only for a second person', (_what, pause, cause) => {
    const chair = new Chair().infuse();
    pauses(chair, 2, MINUTE, pause);
    expect(chair.state.lockedBy).toBeNull();
    chair.resume();
    chair.runChain();
    pause(chair);
    expect(chair.state.lockedBy).toBe(cause);
    expect(resume(chair)).toEqual(['refused:second-person-needed']);
    expect(chair.effects[0]).toMatchObject({
      detail: 'the same pause came again and again; a second person has to sign',
    });
    expect(resume(chair, 'anna')).toEqual(['refused:second-person-needed']);
    expect(resume(chair, 'boris')).toEqual(['permit', 'program', 'accepted']);
    expect(chair.state.lockedBy).toBeNull();
  });

  test('stays locked for longer than the ten minutes', () => {
    const chair = new Chair().infuse();
    pauses(chair, 3, 1000);
    chair.pass(11 * MINUTE);
    expect(resume(chair)).toEqual(['refused:second-person-needed']);
  });

  test.each([
    [10 * MINUTE, 'person'],
    [10 * MINUTE + 1, null],
  ] as const)('a third pause %d ms after the first leaves %s', (apart, locked) => {
    const chair = new Chair().infuse();
    const first = at(chair.now);
    const state = { ...chair.state, pauses: [first, first].map((then) => ({ cause: 'person' as const, at: then })) };
    const { lockedBy } = countPause({ state, at: at(first + apart), effects: [] }, 'person').state;
    expect(lockedBy).toBe(locked);
  });

  test('different causes do not add up', () => {
    const chair = new Chair().infuse();
    pauses(chair, 2, 1000);
    chair.resume();
    chair.runChain();
    pauseByAlarm(chair);
    expect(chair.state.lockedBy).toBeNull();
    expect(resume(chair)).toContain('accepted');
  });

  test('a resume that is cut short before the pump runs counts, a stop of a resting pump does not', () => {
    const chair = new Chair().infuse();
    pauseByHand(chair);
    for (let i = 0; i < 5; i += 1) {
      chair.send({ kind: 'stop', by: null, reason: 'x' });
      chair.rest();
    }
    expect(chair.state.pauses).toHaveLength(1);
    for (let i = 0; i < 2; i += 1) {
      chair.resume();
      chair.send({ kind: 'stop', by: null, reason: 'x' });
      chair.rest();
    }
    expect(chair.state.lockedBy).toBe('person');
  });

  test('two alarms of one sign are one cause: a warning, a critical value and a lost sensor lock the chair', () => {
    const chair = new Chair().infuse();
    pauseByAlarm(chair);
    chair.resume();
    chair.runChain();
    chair.spo2 = 88;
    chair.pass(11_000);
    pauseByAlarm(chair, 88);
    chair.resume();
    chair.runChain();
    chair.spo2 = null;
    chair.pass(6000);
    expect(chair.state.lockedBy).toBe('spo2');
    expect(resume(chair)).toEqual(['refused:second-person-needed']);
  });

  test('a start that never ran is no pause', () => {
    const chair = new Chair().arm();
    for (let i = 0; i < 3; i += 1) {
      chair.start();
      chair.send({ kind: 'stop', by: null, reason: 'x' });
      chair.rest();
    }
    expect(chair.state).toMatchObject({ pauses: [], lockedBy: null });
  });
});

/** Another session at the same chair, armed and steady, of whoever comes next. */
function nextSession(chair: Chair, patientId: string): void {
  chair.send({ kind: 'end', by: 'anna', reason: 'x' });
  chair.send({ kind: 'plan', by: 'anna', binding: { ...BINDING, epoch: 8, sessionId: 's-2', patientId } });
  chair.send({ kind: 'check', by: 'anna' });
  chair.send({ kind: 'arm', by: 'anna' });
  chair.pass(31_000);
}

describe('a lock is not escaped (R-2.9)', () => {
  test.each(['p-1', 'p-2'])('by a new session, of patient %s: its start needs a second person', (patientId) => {
    const chair = new Chair().infuse();
    pauses(chair, 3, 1000);
    nextSession(chair, patientId);
    expect(brief(chair.start())).toEqual(['refused:second-person-needed']);
    expect(brief(chair.send({ kind: 'start', by: 'anna', second: 'anna' }))).toEqual(['refused:second-person-needed']);
    expect(brief(chair.send({ kind: 'start', by: 'anna', second: 'boris' }))).toContain('accepted');
    expect(chair.state.lockedBy).toBeNull();
  });

  test('by a new session before the third pause: the first two still count', () => {
    const chair = new Chair().infuse();
    pauses(chair, 2, 1000);
    nextSession(chair, 'p-2');
    chair.start();
    chair.runChain();
    pauseByHand(chair);
    expect(chair.state.lockedBy).toBe('person');
  });

  test('by a restart: what the record knows counts on, with the times before the restart', () => {
    const chair = new Chair();
    const earlier = [{ cause: 'person', at: at(-60_000) } as const, { cause: 'person', at: at(500) } as const];
    chair.send({ kind: 'earlier-pauses', pauses: earlier, lockedBy: null });
    chair.infuse();
    pauseByHand(chair);
    expect(chair.state.lockedBy).toBe('person');
    const locked = new Chair();
    locked.send({ kind: 'earlier-pauses', pauses: [], lockedBy: 'spo2' });
    expect(brief(locked.arm().start())).toEqual(['refused:second-person-needed']);
  });
});

test.each([
  ['spo2-low', 'spo2'],
  ['vitals-lost:spo2', 'spo2'],
  ['apnoea', 'rr'],
  ['pump-alarm:stalled', 'pump-alarm'],
  ['monitor-link', 'monitor-link'],
] as const)('the alarm %s counts as %s', (key, cause) => {
  expect(causeOf(key, PROPOSED_PROFILE)).toBe(cause);
});

function at(milliseconds: number): Millisecond {
  return milliseconds as Millisecond;
}

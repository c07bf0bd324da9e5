import { describe, expect, test } from 'vitest';
import type { Millisecond } from '../units.ts';
import { countPause } from './repeated-pauses.ts';
import { BINDING, brief, Chair } from './testing.ts';

const MINUTE = 60_000;

const resume = (chair: Chair, second?: string) => brief(chair.resume(second));

function pauseByHand(chair: Chair): void {
  chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
  chair.rest();
}

function pauseByAlarm(chair: Chair): void {
  chair.spo2 = 80;
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
    ['by an alarm', pauseByAlarm, 'spo2-critical'],
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

  test('a start that never ran is no pause, and a new session begins unlocked', () => {
    const chair = new Chair().arm();
    for (let i = 0; i < 3; i += 1) {
      chair.start();
      chair.send({ kind: 'stop', by: null, reason: 'x' });
      chair.rest();
    }
    expect(chair.state).toMatchObject({ pauses: [], lockedBy: null });
    chair.start();
    chair.runChain();
    pauses(chair, 3, 1000);
    chair.send({ kind: 'end', by: 'anna', reason: 'x' });
    chair.send({ kind: 'plan', by: 'anna', binding: { ...BINDING, epoch: 8 } });
    expect(chair.state).toMatchObject({ phase: 'planned', pauses: [], lockedBy: null });
  });
});

function at(milliseconds: number): Millisecond {
  return milliseconds as Millisecond;
}

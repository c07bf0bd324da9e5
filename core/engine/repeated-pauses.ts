import type { Requirement } from './requirements.ts';
import type { PauseCause, PersonId } from './state.ts';
import { age } from './time.ts';
import { change, type Turn } from './turn.ts';

/**
 * takes note that a run was cut short. The same cause too often within the profile's time locks the chair, and
 * neither time nor the end of the cause unlocks it: a second person signs, or the session ends.
 */
export function countPause(turn: Turn, cause: PauseCause): Turn {
  const { phase, pending, pauses, profile } = turn.state;
  const wasCutShort = phase === 'infusing' || (phase === 'paused' && pending !== null);
  if (!wasCutShort) return turn;
  const recent = pauses.filter(({ at }) => age(at, turn.at) <= profile.repeatedPausesWithin);
  const counted = [...recent, { cause, at: turn.at }];
  const others = counted.filter((pause) => pause.cause !== cause);
  const isTooOften = counted.length - others.length >= profile.repeatedPauses;
  return isTooOften ? change(turn, { pauses: others, lockedBy: cause }) : change(turn, { pauses: counted });
}

/** nobody unlocks a chair for themselves. */
export function secondPersonSigned(by: PersonId, second: PersonId | undefined): Requirement {
  return {
    code: 'second-person-needed',
    detail: 'the same pause came again and again; a second person has to sign',
    met: ({ lockedBy }) => lockedBy === null || (second !== undefined && second !== by),
  };
}

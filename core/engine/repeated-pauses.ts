import { type AlarmKey, idOf, subjectOf } from '../alarm-keys.ts';
import type { SafetyProfile } from '../profile.ts';
import type { Requirement } from './requirements.ts';
import type { PauseCause, PersonId } from './state.ts';
import { age } from './time.ts';
import { change, type Turn } from './turn.ts';

/**
 * takes note that a run was cut short. The same cause too often within the profile's time locks the chair, and
 * nothing unlocks it but a second person: no time, no end of the cause or of the session, no other patient, no restart.
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

/** The pauses that led to the lock were forgotten with it: the next lock takes as many again. */
export const unlock = (turn: Turn): Turn => change(turn, { lockedBy: null });

/** Two alarms of one sign are one cause, so that a sign that now warns and now is critical adds up. */
export function causeOf(key: AlarmKey, { vitals }: SafetyProfile): PauseCause {
  const rule = vitals.find(
    ({ parameter, tiers }) => parameter === subjectOf(key) || tiers.some(({ alarm }) => alarm === idOf(key)),
  );
  return rule?.parameter ?? idOf(key);
}

/** nobody unlocks a chair for themselves. */
export function secondPersonSigned(by: PersonId, second: PersonId | undefined): Requirement {
  return {
    code: 'second-person-needed',
    detail: 'the same pause came again and again; a second person has to sign',
    met: ({ lockedBy }) => lockedBy === null || (second !== undefined && second !== by),
  };
}

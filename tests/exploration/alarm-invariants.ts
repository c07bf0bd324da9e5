import { ALARMS, type AlarmId } from '../../core/alarms.ts';
import type { Effect } from '../../core/engine/effects.ts';
import { ALARM_IDS } from '../../core/engine/facts.ts';
import type { Phase } from '../../core/engine/state.ts';
import type { Taken } from './ghost.ts';

/** A claim about every single step of every chair. The observer's memory makes claims about histories of one step, too. */
export interface Invariant {
  readonly name: string;
  readonly holds: (taken: Taken) => boolean;
}

const LONGEST_PAUSE = 120_000;
const CONTROLLED: ReadonlySet<Phase> = new Set<Phase>(['armed', 'infusing', 'paused']);

export function changed(
  effects: readonly Effect[],
  id: AlarmId,
  change: 'raised' | 'acknowledged' | 'escalated',
): boolean {
  return effects.some((effect) => effect.kind === 'alarm' && effect.id === id && effect.change === change);
}

/** What must hold of the sound of alarms and of those that nobody answers. */
export const ALARM_INVARIANTS: readonly Invariant[] = [
  {
    name: 'a quiet alarm is part of a pause that has not run out (R-6.5)',
    holds: ({ at, after }) =>
      ALARM_IDS.every((id) => {
        const { audioPausedUntil: until } = after;
        return after.alarms[id]?.silenced !== true || (until !== null && at < until && until - at <= LONGEST_PAUSE);
      }),
  },
  {
    name: 'what is raised or escalates is heard, whatever is paused (R-6.5)',
    holds: ({ event, after, effects }) =>
      ALARM_IDS.every((id) => {
        const isNew = changed(effects, id, 'raised') || changed(effects, id, 'escalated');
        return !isNew || event.kind === 'audio-pause' || after.alarms[id]?.silenced !== true;
      }),
  },
  {
    name: 'a medium alarm that waits too long counts as high (R-6.5)',
    holds: ({ at, after }) =>
      ALARM_IDS.every((id) => {
        const alarm = after.alarms[id];
        if (alarm === undefined || ALARMS[id].priority !== 'medium' || alarm.acknowledgedBy !== null) return true;
        return alarm.escalated || at - alarm.raisedAt < after.profile.escalateAfter;
      }),
  },
  {
    name: 'a controlled pump without proved sound is an alarm (R-6.7)',
    holds: ({ after }) =>
      !CONTROLLED.has(after.phase) || after.soundProved || after.alarms['sound-lost']?.active === true,
  },
];

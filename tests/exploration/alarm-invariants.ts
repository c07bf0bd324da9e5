import { type AlarmKey, idOf } from '../../core/alarm-keys.ts';
import { ALARMS } from '../../core/alarms.ts';
import type { Effect } from '../../core/engine/effects.ts';
import type { EngineState, Phase } from '../../core/engine/state.ts';
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
  key: AlarmKey,
  change: 'raised' | 'acknowledged' | 'escalated',
): boolean {
  return effects.some((effect) => effect.kind === 'alarm' && effect.key === key && effect.change === change);
}

export const keysOf = (alarms: EngineState['alarms']) => Object.keys(alarms) as readonly AlarmKey[];

export const raisedKeys = (effects: readonly Effect[]): readonly AlarmKey[] =>
  effects.flatMap((effect) => (effect.kind === 'alarm' && effect.change === 'raised' ? [effect.key] : []));

/** What must hold of the sound of alarms and of those that nobody answers. */
export const ALARM_INVARIANTS: readonly Invariant[] = [
  {
    name: 'a quiet alarm is part of a pause that has not run out (R-6.5)',
    holds: ({ at, after }) =>
      keysOf(after.alarms).every((key) => {
        const { audioPausedUntil: until } = after;
        return after.alarms[key]?.silenced !== true || (until !== null && at < until && until - at <= LONGEST_PAUSE);
      }),
  },
  {
    name: 'what is raised or escalates is heard, whatever is paused (R-6.5)',
    holds: ({ event, after, effects }) =>
      keysOf(after.alarms).every((key) => {
        const isNew = changed(effects, key, 'raised') || changed(effects, key, 'escalated');
        return !isNew || event.kind === 'audio-pause' || after.alarms[key]?.silenced !== true;
      }),
  },
  {
    name: 'a medium alarm that waits too long counts as high (R-6.5)',
    holds: ({ at, after }) =>
      keysOf(after.alarms).every((key) => {
        const alarm = after.alarms[key];
        if (alarm === undefined || ALARMS[idOf(key)].priority !== 'medium' || alarm.acknowledgedBy !== null)
          return true;
        return alarm.escalated || at - alarm.raisedAt < after.profile.escalateAfter;
      }),
  },
  {
    name: 'a session that stays paused asks to be resumed or ended, and only that one',
    holds: ({ at, after }) => {
      const { phase, pausedSince, profile, alarms } = after;
      const isIdle = phase === 'paused' && at - (pausedSince ?? at) >= profile.idleAfter;
      return isIdle === (alarms['session-idle']?.active === true) && (phase === 'paused') === (pausedSince !== null);
    },
  },
  {
    name: 'a controlled pump without proved sound is an alarm (R-6.7)',
    holds: ({ after }) =>
      !CONTROLLED.has(after.phase) || after.soundProved || after.alarms['sound-lost']?.active === true,
  },
];

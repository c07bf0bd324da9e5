import type { AlarmId } from '../alarms.ts';
import type { Millisecond } from '../units.ts';
import { type Condition, condition } from './alarm-book.ts';
import { isAtRestSince, isControlled, isRunning } from './facts.ts';
import type { EngineState, Phase } from './state.ts';
import { hasLasted } from './time.ts';

/** Phases in which a session is open. */
const OPEN: ReadonlySet<Phase> = new Set(['planned', 'checked', 'armed', 'infusing', 'paused']);

/** What the station itself gives reason to alarm for. */
export function stationConditions(state: EngineState, at: Millisecond): readonly Condition[] {
  const { lastTick, profile } = state;
  const found: Condition[] = [];
  // A permission is only for as long as main itself is well.
  if (state.faulty === true) found.push(condition('station-fault'));
  if (!state.recordHealthy && OPEN.has(state.phase)) found.push(condition('record-failed'));
  // a patient at a controlled pump whose alarms nobody could hear.
  if (!state.soundProved && isControlled(state)) found.push(condition('sound-lost'));
  if (!state.libraryUsable) found.push(condition('library-unusable'));
  if (state.stationHeld) found.push(condition('station-held'));
  if (hasLasted(state.pausedSince, profile.idleAfter, at)) found.push(condition('session-idle'));
  // between two ticks that are too far apart nobody watched the patient.
  const gap = at - (lastTick ?? at);
  const matters = state.phase === 'armed' || isRunning(state);
  if (gap > profile.supervisionGap && matters) found.push(condition('supervision-gap', gap, profile.supervisionGap));
  return found;
}

/** Things that happen at one instant. Their condition lasts until the pump is read back at rest afterwards. */
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

export function lastingIncidents(state: EngineState): readonly Condition[] {
  return INCIDENTS.flatMap((id) => {
    const alarm = state.alarms[id];
    if (alarm === undefined || !alarm.active || isAtRestSince(state, alarm.raisedAt)) return [];
    return [condition(id, alarm.value, alarm.limit)];
  });
}

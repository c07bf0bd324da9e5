import { type AlarmKey, idOf } from '../alarm-keys.ts';
import { ALARMS } from '../alarms.ts';
import type { DrawnAlarm } from './events.ts';
import { presentAlarms, priorityOf } from './facts.ts';
import type { AlarmState, EngineState, PersonId } from './state.ts';
import { change, emit, type Turn } from './turn.ts';

/** A condition that holds now, with the figure and the limit it broke, where there are any. */
export interface Condition {
  readonly key: AlarmKey;
  readonly value: number | null;
  readonly limit: number | null;
}

export const condition = (key: AlarmKey, value: number | null = null, limit: number | null = null): Condition => ({
  key,
  value,
  limit,
});

/** A raised alarm is always new: an earlier acknowledgement does not cover it. */
export function raise(turn: Turn, { key, value, limit }: Condition): Turn {
  const alarm: AlarmState = {
    raisedAt: turn.at,
    active: true,
    acknowledgedBy: null,
    escalated: false,
    silenced: false,
    value,
    limit,
  };
  return emit(put(turn, key, alarm), { kind: 'alarm', key, change: 'raised', by: null, value, limit });
}

/** The condition has gone. A latching alarm stays until a named person has acknowledged it. */
export function subside(turn: Turn, key: AlarmKey, alarm: AlarmState): Turn {
  if (ALARMS[idOf(key)].latching && alarm.acknowledgedBy === null) return put(turn, key, { ...alarm, active: false });
  return remove(turn, key, alarm);
}

/** Nobody came: it is as urgent as a high alarm, and sounds through an audio pause. */
export function escalate(turn: Turn, key: AlarmKey, alarm: AlarmState): Turn {
  const { value, limit } = alarm;
  const told = emit(turn, { kind: 'alarm', key, change: 'escalated', by: null, value, limit });
  return put(told, key, { ...alarm, escalated: true, silenced: false });
}

/** Acknowledging takes away only what has already gone; a condition that holds stays raised. */
export function acknowledgeDrawn(turn: Turn, drawn: readonly DrawnAlarm[], by: PersonId): Turn {
  return presentAlarms(turn.state)
    .filter(([key, alarm]) => alarm.acknowledgedBy === null && isDrawn(drawn, key, alarm))
    .reduce((next, [key, alarm]) => acknowledge(next, key, alarm, by), turn);
}

/** this very raising was on the screen where the person pressed, and as urgent as it is now. */
export function isDrawn(drawn: readonly DrawnAlarm[], key: AlarmKey, alarm: AlarmState): boolean {
  const { raisedAt } = alarm;
  const priority = priorityOf(key, alarm);
  return drawn.some(
    (seen) => seen.key === key && (seen.raisedAt ?? raisedAt) === raisedAt && (seen.priority ?? priority) === priority,
  );
}

function acknowledge(turn: Turn, key: AlarmKey, alarm: AlarmState, by: PersonId): Turn {
  const acknowledged: AlarmState = { ...alarm, acknowledgedBy: by, silenced: false };
  const { value, limit } = alarm;
  const told = emit(turn, { kind: 'alarm', key, change: 'acknowledged', by, value, limit });
  return alarm.active ? put(told, key, acknowledged) : remove(told, key, acknowledged);
}

export function put(turn: Turn, key: AlarmKey, alarm: AlarmState): Turn {
  return change(turn, { alarms: { ...turn.state.alarms, [key]: alarm } });
}

function remove(turn: Turn, key: AlarmKey, { acknowledgedBy, value, limit }: AlarmState): Turn {
  const others = Object.entries(turn.state.alarms).filter(([other]) => other !== key);
  const alarms: EngineState['alarms'] = Object.fromEntries(others);
  return emit(change(turn, { alarms }), { kind: 'alarm', key, change: 'cleared', by: acknowledgedBy, value, limit });
}

import { ALARMS, type AlarmId } from '../alarms.ts';
import { presentAlarms } from './facts.ts';
import type { AlarmState, EngineState, PersonId } from './state.ts';
import { change, emit, type Turn } from './turn.ts';

/** A condition that holds now, with the figure and the limit it broke, where there are any. */
export interface Condition {
  readonly id: AlarmId;
  readonly value: number | null;
  readonly limit: number | null;
}

export const condition = (id: AlarmId, value: number | null = null, limit: number | null = null): Condition => ({
  id,
  value,
  limit,
});

/** A raised alarm is always new: an earlier acknowledgement does not cover it. */
export function raise(turn: Turn, { id, value, limit }: Condition): Turn {
  const alarm: AlarmState = {
    raisedAt: turn.at,
    active: true,
    acknowledgedBy: null,
    escalated: false,
    silenced: false,
    value,
    limit,
  };
  return emit(put(turn, id, alarm), { kind: 'alarm', id, change: 'raised', by: null, value, limit });
}

/** The condition has gone. A latching alarm stays until a named person has acknowledged it. */
export function subside(turn: Turn, id: AlarmId, alarm: AlarmState): Turn {
  if (ALARMS[id].latching && alarm.acknowledgedBy === null) return put(turn, id, { ...alarm, active: false });
  return remove(turn, id, alarm);
}

/** Nobody came: it is as urgent as a high alarm, and sounds through an audio pause. */
export function escalate(turn: Turn, id: AlarmId, alarm: AlarmState): Turn {
  const { value, limit } = alarm;
  const told = emit(turn, { kind: 'alarm', id, change: 'escalated', by: null, value, limit });
  return put(told, id, { ...alarm, escalated: true, silenced: false });
}

/** Acknowledging takes away only what has already gone; a condition that holds stays raised. */
export function acknowledgeSeen(turn: Turn, seen: readonly AlarmId[], by: PersonId): Turn {
  return presentAlarms(turn.state)
    .filter(([id, alarm]) => alarm.acknowledgedBy === null && seen.includes(id))
    .reduce((next, [id, alarm]) => acknowledge(next, id, alarm, by), turn);
}

function acknowledge(turn: Turn, id: AlarmId, alarm: AlarmState, by: PersonId): Turn {
  const acknowledged: AlarmState = { ...alarm, acknowledgedBy: by, silenced: false };
  const { value, limit } = alarm;
  const told = emit(turn, { kind: 'alarm', id, change: 'acknowledged', by, value, limit });
  return alarm.active ? put(told, id, acknowledged) : remove(told, id, acknowledged);
}

export function put(turn: Turn, id: AlarmId, alarm: AlarmState): Turn {
  return change(turn, { alarms: { ...turn.state.alarms, [id]: alarm } });
}

function remove(turn: Turn, id: AlarmId, { acknowledgedBy, value, limit }: AlarmState): Turn {
  const others = Object.entries(turn.state.alarms).filter(([other]) => other !== id);
  const alarms: EngineState['alarms'] = Object.fromEntries(others);
  return emit(change(turn, { alarms }), { kind: 'alarm', id, change: 'cleared', by: acknowledgedBy, value, limit });
}

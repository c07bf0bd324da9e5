import { type AlarmKey, idOf } from '../alarm-keys.ts';
import { ALARMS, type AlarmId, type AlarmPriority } from '../alarms.ts';
import { mayDeliver, type PumpIdentity } from '../pump.ts';
import type { Millisecond } from '../units.ts';
import type { AlarmState, EngineState, Phase } from './state.ts';
import { age } from './time.ts';

export const ALARM_IDS = Object.keys(ALARMS) as readonly AlarmId[];

/** Phases in which a pump is bound and may be made to run. */
const CONTROLLED: ReadonlySet<Phase> = new Set(['armed', 'infusing', 'paused']);

export const isControlled = (state: EngineState): boolean => CONTROLLED.has(state.phase);

/** As the pump itself reads back, however old that is. */
export const isDelivering = (state: EngineState): boolean =>
  state.pump.reading !== null && mayDeliver(state.pump.reading.state);

/** The pump runs by our command, or a command that will make it run is under way. */
export const isRunning = (state: EngineState): boolean => state.phase === 'infusing' || state.pending !== null;

/** Drug may be moving or about to move, by our command or not: only a stop makes this false. */
export const mayMoveDrug = (state: EngineState): boolean => isRunning(state) || isDelivering(state);

export const isPumpFresh = (state: EngineState, at: Millisecond): boolean =>
  age(state.pump.reading?.at ?? null, at) <= state.profile.pumpSilentAfter;

/** Read back as not delivering after `since`, with no stop left to confirm. */
export function isAtRestSince(state: EngineState, since: Millisecond): boolean {
  const { reading } = state.pump;
  return state.stopping === null && reading !== null && reading.at > since && !mayDeliver(reading.state);
}

export const isSamePump = (a: PumpIdentity | null, b: PumpIdentity | null): boolean =>
  a !== null && a.model === b?.model && a.firmware === b.firmware && a.serial === b.serial;

/** Another pump answers than the one the session was armed with. */
export function isForeignPump({ boundPump, pump }: EngineState): boolean {
  return boundPump !== null && pump.identity !== null && !isSamePump(boundPump, pump.identity);
}

export const isActive = (state: EngineState, key: AlarmKey): boolean => state.alarms[key]?.active === true;

const placeOf = (key: AlarmKey): number => ALARM_IDS.indexOf(idOf(key));

/** In the order of urgency of the table; of one row in the order of their keys. */
export const byTable = (one: AlarmKey, other: AlarmKey): number =>
  // Stryker disable next-line EqualityOperator: no key stands twice.
  placeOf(one) - placeOf(other) || (one < other ? -1 : 1);

/** Alarms in the order of urgency of the table, with what is known of them. */
export function presentAlarms({ alarms }: Pick<EngineState, 'alarms'>): readonly (readonly [AlarmKey, AlarmState])[] {
  const present = Object.entries(alarms) as [AlarmKey, AlarmState][];
  return present.toSorted(([one], [other]) => byTable(one, other));
}

/** Priority of the table, or high once nobody has come in time. */
export const priorityOf = (key: AlarmKey, { escalated }: AlarmState): AlarmPriority =>
  escalated ? 'high' : ALARMS[idOf(key)].priority;

/** Alarms that forbid running: the condition holds, or nobody has acknowledged it yet. */
export const pauseAlarms = (state: EngineState): readonly AlarmKey[] =>
  presentAlarms(state)
    .map(([key]) => key)
    .filter((key) => ALARMS[idOf(key)].action === 'pause');

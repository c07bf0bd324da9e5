import type { AlarmPriority } from '../alarms.ts';
import { presentAlarms, priorityOf } from './facts.ts';
import type { AlarmState, EngineState } from './state.ts';

/** What decides whether an alarm is to be heard: of the engine's state and of a frame alike. */
export interface Audible {
  readonly priority: AlarmPriority;
  readonly acknowledged: boolean;
  /** Part of the audio pause under way; an alarm that escalates is taken out of it. */
  readonly silenced: boolean;
}

const BY_URGENCY: readonly AlarmPriority[] = ['high', 'medium', 'low'];

/** Nobody has acknowledged it, and it is not part of an audio pause. */
export const isSounding = ({ acknowledged, silenced }: Omit<Audible, 'priority'>): boolean =>
  !acknowledged && !silenced;

/** the priority that is to be heard now, the most urgent of what sounds; null: nothing does. */
export function loudest(alarms: readonly Audible[]): AlarmPriority | null {
  const sounding = new Set(alarms.filter(isSounding).map(({ priority }) => priority));
  return BY_URGENCY.find((priority) => sounding.has(priority)) ?? null;
}

/** Nobody has acknowledged it, and it is not part of an audio pause: as `isSounding`, of the engine's own state. */
export const isCalling = ({ acknowledgedBy, silenced }: AlarmState): boolean =>
  isSounding({ acknowledged: acknowledgedBy !== null, silenced });

export const audible = (state: Pick<EngineState, 'alarms'>): readonly Audible[] =>
  presentAlarms(state).map(([key, alarm]) => ({
    priority: priorityOf(key, alarm),
    acknowledged: alarm.acknowledgedBy !== null,
    silenced: alarm.silenced,
  }));

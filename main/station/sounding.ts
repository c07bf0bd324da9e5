import type { AlarmPriority } from '../../core/alarms.ts';
import { isCalling, presentAlarms, priorityOf } from '../../core/engine/facts.ts';
import type { EngineState } from '../../core/engine/state.ts';

const BY_URGENCY: readonly AlarmPriority[] = ['high', 'medium', 'low'];

/** The priority that wants to be heard most, over all chairs; null when nothing does. */
export function loudest(states: readonly EngineState[]): AlarmPriority | null {
  const calling = new Set(
    states.flatMap((state) =>
      presentAlarms(state)
        .filter(([, alarm]) => isCalling(alarm))
        .map(([key, alarm]) => priorityOf(key, alarm)),
    ),
  );
  return BY_URGENCY.find((priority) => calling.has(priority)) ?? null;
}

import type { AlarmPriority } from '../../../core/alarms.ts';
import type { StationState } from '../../app/station-store.ts';
import { byUrgency } from '../alarms/alarm-order.ts';

/** What must sound now: the most urgent alarm that nobody has acknowledged or paused; a lost station sounds like a high one. */
export function sounding({ frame, live }: StationState): AlarmPriority | null {
  if (frame === null) return null;
  if (!live) return 'high';
  const calling = frame.chairs
    .flatMap((chair) => chair.alarms)
    .filter((alarm) => !alarm.acknowledged && !alarm.silenced);
  return byUrgency(calling)[0]?.priority ?? null;
}

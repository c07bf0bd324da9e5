import type { AlarmPriority } from '../../../core/alarms.ts';
import { loudest } from '../../../core/engine/sounding.ts';
import type { StationState } from '../../app/station-store.ts';

/** What must sound now: the most urgent alarm that nobody has acknowledged or paused; a lost station sounds like a high one. */
export function sounding({ frame, live }: StationState): AlarmPriority | null {
  if (frame === null) return null;
  if (!live) return 'high';
  return loudest(frame.chairs.flatMap(({ alarms }) => alarms));
}

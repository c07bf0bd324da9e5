import type { AlarmView } from '../../../preload/contract/frames.ts';
import { figure } from '../../ui/format.ts';

export const PRIORITY_WORDS = {
  high: 'High priority',
  medium: 'Medium priority',
  low: 'Low priority',
} as const satisfies Record<AlarmView['priority'], string>;

/** The unit of the figures in an alarm; the id begins with the parameter or quantity it watches. */
function unitOf(id: string): string {
  if (id.startsWith('spo2')) return ' %';
  if (id.startsWith('pulse')) return ' /min';
  return '';
}

/** Value against limit at the moment of raising, or null where the condition has no figures. */
export function alarmFigures(alarm: AlarmView): string | null {
  const unit = unitOf(alarm.id);
  if (alarm.value === null) return null;
  const value = `${figure(alarm.value)}${unit}`;
  return alarm.limit === null ? value : `${value}, limit ${figure(alarm.limit)}${unit}`;
}

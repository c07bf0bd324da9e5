import { ALARMS, type AlarmId } from './alarms.ts';
import { MONITOR_ALARMS } from './monitor-alarms.ts';
import { PUMP_ALARMS } from './pump.ts';
import { PARAMETERS } from './vitals.ts';

/** What one of several alarms of a condition is about, in words: a vital sign, or what a device reports of itself. */
const SUBJECTS = {
  ...Object.fromEntries(Object.entries(PARAMETERS).map(([parameter, { label }]) => [parameter, label])),
  ...PUMP_ALARMS,
  ...MONITOR_ALARMS,
} as const satisfies Readonly<Record<string, string>>;

export const SUBJECT_NAMES = Object.keys(SUBJECTS);

/**
 * By what one alarm is told from another: its row in the table and, where a condition can hold of several signs or devices
 * at once, the one that it is about. Each of them is raised, acknowledged, quieted and ended by itself.
 */
export type AlarmKey = AlarmId | `${AlarmId}:${string}`;

/** @param subject one of `SUBJECT_NAMES`; null: the condition can hold only once */
export const alarmKey = (id: AlarmId, subject: string | null): AlarmKey => (subject === null ? id : `${id}:${subject}`);

/** The row of the table: priority, action and latching are those of the condition. */
export const idOf = (key: AlarmKey): AlarmId => key.split(':', 1)[0] as AlarmId;

export function subjectOf(key: AlarmKey): string | null {
  const { length } = idOf(key);
  return key.length > length ? key.slice(length + 1) : null;
}

/** What is shown of an alarm: the sentence of its row, and what it is about. */
export function messageOf(key: AlarmKey): string {
  const { message } = ALARMS[idOf(key)];
  const subject = subjectOf(key);
  return subject === null ? message : `${message}: ${wordsOf(subject)}`;
}

const wordsOf = (subject: string): string => new Map(Object.entries(SUBJECTS)).get(subject) ?? subject;

/** The key as the record holds it; rows of before there were keys have no `subject`. */
export function keyFigures(key: AlarmKey): { readonly id: AlarmId; readonly subject?: string } {
  const subject = subjectOf(key);
  return subject === null ? { id: idOf(key) } : { id: idOf(key), subject };
}

/** The key that figures of a record hold; null where they hold none that is known. */
export function recordedKey(id: unknown, subject: unknown): AlarmKey | null {
  if (typeof id !== 'string' || !Object.hasOwn(ALARMS, id)) return null;
  return alarmKey(id as AlarmId, typeof subject === 'string' ? subject : null);
}

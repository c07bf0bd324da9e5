import type { DetectedIssue } from '@medplum/fhirtypes';
import { idOf, messageOf } from '../../../core/alarm-keys.ts';
import { ALARMS } from '../../../core/alarms.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { type AlarmCourse, alarmCourses } from '../facts/signatures.ts';
import { figureOf } from '../facts/words.ts';
import type { Entries } from './entries.ts';
import { periodOf } from './session.ts';

const SEVERITY = { high: 'high', medium: 'moderate', low: 'low' } as const;

/**
 * Each alarm as a DetectedIssue: R4 gives it a severity, the time span in which it was there, and what was done by whom.
 * A Flag has neither severity nor actions, and warns of what lies ahead, not of what has been.
 */
export function addAlarms(entries: Entries, facts: SessionFacts): void {
  for (const course of alarmCourses(facts.rows)) entries.add(`alarm ${course.raised.seq}`, issue(entries, course));
}

function issue(
  entries: Entries,
  { key, name, raised, escalated, paused, acknowledged, cleared }: AlarmCourse,
): DetectedIssue {
  const message = key === null ? name : messageOf(key);
  const acts = [
    ...paused.map((row) => ({ row, text: 'Sound paused' })),
    ...(acknowledged === null ? [] : [{ row: acknowledged, text: 'Acknowledged' }]),
  ];
  const value = figureOf(raised.new, 'value');
  const limit = figureOf(raised.new, 'limit');
  const figures = value === null ? '' : ` (value ${value}${limit === null ? '' : `, limit ${limit}`})`;
  return {
    resourceType: 'DetectedIssue',
    identifier: [{ system: 'urn:chairside:alarm', value: name }],
    status: 'final',
    code: { text: message },
    ...(key !== null && { severity: escalated === null ? SEVERITY[ALARMS[idOf(key)].priority] : 'high' }),
    patient: entries.to('patient'),
    identifiedPeriod: periodOf(raised.ts, cleared?.ts ?? null),
    author: entries.to('station'),
    implicated: [entries.to('procedure')],
    detail: `${message}${figures}${escalated === null ? '' : `; treated as high from ${escalated.ts}`}`,
    ...(acts.length > 0 && {
      mitigation: acts.map(({ row, text }) => ({
        action: { text },
        date: row.ts,
        ...(row.actor !== null && { author: entries.to(`person ${row.actor.id}`) }),
      })),
    }),
  };
}

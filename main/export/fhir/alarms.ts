import type { DetectedIssue } from '@medplum/fhirtypes';
import { ALARMS, type AlarmId } from '../../../core/alarms.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { type AlarmCourse, alarmCourses } from '../facts/signatures.ts';
import { figureOf } from '../facts/words.ts';
import type { Entries } from './entries.ts';

const SEVERITY = { high: 'high', medium: 'moderate', low: 'low' } as const;

/**
 * Each alarm as a DetectedIssue: R4 gives it a severity, the time span in which it was there, and what was done by whom.
 * A Flag has neither severity nor actions, and warns of what lies ahead, not of what has been.
 */
export function addAlarms(entries: Entries, facts: SessionFacts): void {
  for (const course of alarmCourses(facts.rows)) entries.add(`alarm ${course.raised.seq}`, issue(entries, course));
}

function issue(entries: Entries, { id, raised, escalated, paused, acknowledged, cleared }: AlarmCourse): DetectedIssue {
  const alarm = Object.hasOwn(ALARMS, id) ? ALARMS[id as AlarmId] : null;
  const acts = [
    ...paused.map((row) => ({ row, text: 'Sound paused' })),
    ...(acknowledged === null ? [] : [{ row: acknowledged, text: 'Acknowledged' }]),
  ];
  const value = figureOf(raised.new, 'value');
  const limit = figureOf(raised.new, 'limit');
  const figures = value === null ? '' : ` (value ${value}${limit === null ? '' : `, limit ${limit}`})`;
  return {
    resourceType: 'DetectedIssue',
    identifier: [{ system: 'urn:chairside:alarm', value: id }],
    status: 'final',
    code: { text: alarm?.message ?? id },
    ...(alarm !== null && { severity: escalated === null ? SEVERITY[alarm.priority] : 'high' }),
    patient: entries.to('patient'),
    identifiedPeriod: { start: raised.ts, ...(cleared !== null && { end: cleared.ts }) },
    author: entries.to('station'),
    implicated: [entries.to('procedure')],
    detail: `${alarm?.message ?? id}${figures}${escalated === null ? '' : `; treated as high from ${escalated.ts}`}`,
    ...(acts.length > 0 && {
      mitigation: acts.map(({ row, text }) => ({
        action: { text },
        date: row.ts,
        ...(row.actor !== null && { author: entries.to(`person ${row.actor.id}`) }),
      })),
    }),
  };
}

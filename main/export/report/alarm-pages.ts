import { idOf, messageOf } from '../../../core/alarm-keys.ts';
import { ALARMS } from '../../../core/alarms.ts';
import type { FactClock } from '../facts/clock.ts';
import { personIn } from '../facts/people.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { type AlarmCourse, alarmCourses } from '../facts/signatures.ts';
import { figureOf } from '../facts/words.ts';
import { minutes } from './cover.ts';
import { drawFacts } from './facts-grid.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

export const PRIORITY_COLOURS = { high: '#b3261e', medium: '#b45309', low: '#0e7490' } as const;

/** Every alarm with what became of it, and what the session asked of the ears of those beside it. */
export function drawAlarms(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  const courses = alarmCourses(facts.rows);
  sheet.heading('Alarms', `${courses.length} raised`);
  drawLoad(sheet, facts);
  if (courses.length === 0) return sheet.paragraph('No alarm was raised.');
  const columns = [
    { title: 'Raised', share: 1.4 },
    { title: 'Priority', share: 1.3 },
    { title: 'Alarm', share: 4 },
    { title: 'Value', share: 1.1, align: 'right' },
    { title: 'Limit', share: 0.9, align: 'right' },
    { title: 'Now high', share: 1.4 },
    { title: 'Sound paused', share: 2.2 },
    { title: 'Acknowledged', share: 2.6 },
    { title: 'Over', share: 1.4 },
  ] as const;
  drawTable(
    sheet,
    columns,
    courses.map((course) => alarmRow(course, facts, clock)),
  );
}

function alarmRow(course: AlarmCourse, facts: SessionFacts, clock: FactClock) {
  const { key, name, raised, escalated, paused, acknowledged, cleared } = course;
  const priority = key === null ? null : ALARMS[idOf(key)].priority;
  const figure = (name: string): string => String(figureOf(raised.new, name) ?? '');
  const by = (row: AlarmCourse['raised']): string => `${clock.time(row.ts)} ${personIn(facts, row.actor?.id)}`.trim();
  return {
    ...(priority !== null && { mark: PRIORITY_COLOURS[priority] }),
    cells: [
      clock.time(raised.ts),
      priority ?? '',
      key === null ? name : messageOf(key),
      figure('value'),
      figure('limit'),
      escalated === null ? '' : clock.time(escalated.ts),
      paused.map(by).join('\n'),
      acknowledged === null ? 'no' : by(acknowledged),
      cleared === null ? 'no' : clock.time(cleared.ts),
    ],
  };
}

function drawLoad(sheet: Sheet, { alarmLoad: load }: SessionFacts): void {
  if (load === null) return sheet.paragraph('The alarm load of this session is not in its closing row.');
  const { high, medium, low } = load.byPriority;
  const hours = load.overMs / 3_600_000;
  const rate = hours === 0 ? '' : ` (${Math.round(((high + medium + low) / hours) * 10) / 10} an hour)`;
  drawFacts(sheet, [
    ['Raised', `${high + medium + low}${rate}`],
    ['High, medium, low', `${high}, ${medium}, ${low}`],
    ['Turned high, nobody came', String(load.escalated)],
    ['Sound pauses', String(load.audioPauses)],
    ['Time with an alarm to be heard', minutes(load.soundingMs)],
    ['Of', minutes(load.overMs)],
  ]);
}

import { ALARMS, type AlarmId } from '../../../core/alarms.ts';
import { sentenceOf } from '../../station/event-sentences.ts';
import type { FactClock } from '../facts/clock.ts';
import type { FactRow, SessionFacts } from '../facts/session-facts.ts';
import { figureOf } from '../facts/words.ts';
import { alarmCourses, signedActs } from '../facts/signatures.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

const PRIORITY_COLOURS = { high: '#b3261e', medium: '#b45309', low: '#0e7490' } as const;

function nameOf(id: string | undefined, { context }: SessionFacts): string {
  if (id === undefined) return '';
  return context.people.find((person) => person.id === id)?.name ?? id;
}

/** Alarms, signatures and events of a session. */
export function drawCourse(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  drawAlarms(sheet, facts, clock);
  drawSignatures(sheet, facts, clock);
  drawEvents(sheet, facts, clock);
}

function drawAlarms(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  const courses = alarmCourses(facts.rows);
  sheet.heading('Alarms', `${courses.length} raised`);
  if (courses.length === 0) return sheet.paragraph('No alarm was raised.');
  const columns = [
    { title: 'Raised', share: 1.5 },
    { title: 'Priority', share: 1.3 },
    { title: 'Alarm', share: 5 },
    { title: 'Value', share: 1, align: 'right' },
    { title: 'Limit', share: 1, align: 'right' },
    { title: 'Acknowledged', share: 3.4 },
    { title: 'Over', share: 1.5 },
  ] as const;
  const rows = courses.map(({ id, raised, acknowledged, cleared }) => {
    const alarm = Object.hasOwn(ALARMS, id) ? ALARMS[id as AlarmId] : null;
    const figure = (name: string): string => String(figureOf(raised.new, name) ?? '');
    const seen =
      acknowledged === null ? 'no' : `${clock.time(acknowledged.ts)} ${nameOf(acknowledged.actor?.id, facts)}`;
    return {
      ...(alarm !== null && { mark: PRIORITY_COLOURS[alarm.priority] }),
      cells: [
        clock.time(raised.ts),
        alarm?.priority ?? '',
        alarm?.message ?? id,
        figure('value'),
        figure('limit'),
        seen,
        cleared === null ? 'no' : clock.time(cleared.ts),
      ],
    };
  });
  drawTable(sheet, columns, rows);
}

function drawSignatures(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  const acts = signedActs(facts.rows);
  sheet.heading('Signatures', 'each act by a person who had proved who they are; it is bound to its row in the record');
  if (acts.length === 0) return sheet.paragraph('No signed act is in this record.');
  const columns = [
    { title: 'When', share: 3.2 },
    { title: 'Who', share: 3 },
    { title: 'Role, by', share: 2 },
    { title: 'Meaning', share: 6 },
    { title: 'Row', share: 0.9, align: 'right' },
  ] as const;
  const rows = acts.map(({ row, actor, meaning }) => {
    const reason = row.reason === undefined ? '' : ` - ${row.reason}`;
    const name = nameOf(actor.id, facts);
    const who = name === actor.id ? name : `${name} (${actor.id})`;
    return {
      cells: [
        clock.moment(row.ts),
        who,
        `${actor.role}, ${actor.auth.join(' + ')}`,
        `${meaning}${reason}`,
        String(row.seq),
      ],
    };
  });
  drawTable(sheet, columns, rows);
}

/** Rows that come every few seconds: counted, because the plots and the attachment show them. */
const COUNTED: ReadonlySet<string> = new Set(['pump.progress', 'trend.chunk', 'engine.chunk']);

function drawEvents(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  const shown = facts.rows.filter(({ act }) => !COUNTED.has(act));
  const counted = facts.rows.length - shown.length;
  sheet.heading(
    'Events',
    `${shown.length} of ${facts.rows.length} rows; ${counted} rows of running figures are not listed`,
  );
  const columns = [
    { title: 'Row', share: 0.9, align: 'right' },
    { title: 'Time', share: 1.4 },
    { title: 'Event', share: 8.5 },
    { title: 'Outcome', share: 1.3 },
    { title: 'Person', share: 2.4 },
  ] as const;
  drawTable(
    sheet,
    columns,
    shown.map((row) => eventRow(row, facts, clock)),
  );
}

function eventRow(row: FactRow, facts: SessionFacts, clock: FactClock) {
  const { seq, ts, outcome, actor } = row;
  const isAlarm = row.act === 'alarm.raised' || row.act === 'guard.tripped';
  return {
    ...(isAlarm && { mark: PRIORITY_COLOURS.high }),
    cells: [String(seq), clock.time(ts), sentenceOf(row), outcome, nameOf(actor?.id, facts)],
  };
}

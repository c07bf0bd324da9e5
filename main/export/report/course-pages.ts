import { sentenceOf } from '../../station/event-sentences.ts';
import type { FactClock } from '../facts/clock.ts';
import { fullName, personIn } from '../facts/people.ts';
import type { FactRow, SessionFacts } from '../facts/session-facts.ts';
import { signedActs } from '../facts/signatures.ts';
import { PRIORITY_COLOURS } from './alarm-pages.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

/** Signatures and events of a session. */
export function drawCourse(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  drawSignatures(sheet, facts, clock);
  drawEvents(sheet, facts, clock);
}

function drawSignatures(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  const acts = signedActs(facts.rows);
  sheet.heading('Signatures', 'each act by a person who had proved who they are; it is bound to its row in the record');
  if (acts.length === 0) return sheet.paragraph('No signed act is in this record.');
  const columns = [
    { title: 'When', share: 3.9 },
    { title: 'Who', share: 3 },
    { title: 'Role, by', share: 2 },
    { title: 'Second person', share: 2.2 },
    { title: 'Meaning', share: 5 },
    { title: 'Row', share: 0.9, align: 'right' },
  ] as const;
  const rows = acts.map(({ row, actor, meaning, witness }) => {
    const reason = row.reason === undefined ? '' : ` - ${row.reason}`;
    return {
      cells: [
        clock.moment(row.ts),
        fullName(facts, actor.id),
        `${actor.role}, ${actor.auth.join(' + ')}`,
        personIn(facts, witness),
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
    cells: [String(seq), clock.time(ts), sentenceOf(row), outcome, personIn(facts, actor?.id)],
  };
}

import type { FactClock } from '../facts/clock.ts';
import { fullName, personIn } from '../facts/people.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

/** What people wrote to the session afterwards, and who signed it. */
export function drawReview(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  drawNotes(sheet, facts, clock);
  drawSignOffs(sheet, facts, clock);
}

function drawNotes(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  const written = facts.rows.filter(({ act }) => act === 'session.note').length;
  sheet.heading('Notes', 'a correction stands beside what it corrects');
  if (facts.notes.length === 0) {
    return sheet.paragraph(
      written === 0 ? 'No note was written.' : `${written} notes were written; their text is withheld.`,
    );
  }
  const columns = [
    { title: 'Row', share: 0.9, align: 'right' },
    { title: 'When', share: 3.6 },
    { title: 'By', share: 2.4 },
    { title: 'Note', share: 7.4 },
  ] as const;
  const rows = facts.notes.map(({ row, text, corrects, before }) => ({
    cells: [
      String(row.seq),
      clock.moment(row.ts),
      personIn(facts, row.actor?.id),
      corrects === null ? text : `${text}\n(corrects row ${corrects}, which said: ${before})`,
    ],
  }));
  drawTable(sheet, columns, rows);
}

const MEANINGS = { review: 'Review', approval: 'Approval', responsibility: 'Responsibility' } as const;

function drawSignOffs(sheet: Sheet, facts: SessionFacts, clock: FactClock): void {
  sheet.heading('Sign-off', 'a signature covers all rows up to the one named; later rows end its hold');
  if (facts.signOffs.length === 0) return sheet.paragraph('NOT SIGNED: nobody has signed this session.');
  const columns = [
    { title: 'Row', share: 0.9, align: 'right' },
    { title: 'When', share: 3 },
    { title: 'Who', share: 2.8 },
    { title: 'Meaning', share: 1.8 },
    { title: 'Covers rows up to', share: 1.6, align: 'right' },
    { title: 'Holds', share: 4 },
  ] as const;
  const rows = facts.signOffs.map(({ seq, time, by, name, meaning, lastSeq, changedBy }) => ({
    ...(changedBy !== null && { mark: '#b3261e' }),
    cells: [
      String(seq),
      clock.moment(time),
      fullName(facts, by) || name,
      MEANINGS[meaning],
      String(lastSeq),
      changedBy === null ? 'yes, nothing was added since' : `NO - changed after sign-off, by row ${changedBy}`,
    ],
  }));
  drawTable(sheet, columns, rows);
}

import type { FactRow } from './session-facts.ts';
import { wordOf } from './words.ts';

export interface NoteFact {
  readonly row: FactRow;
  readonly text: string;
  /** Row of the note that this one corrects, and what that said. */
  readonly corrects: number | null;
  readonly before: string;
}

/** Every note in the order of the record; a correction is a note of its own and takes nothing away. */
export function notesOf(rows: readonly FactRow[]): readonly NoteFact[] {
  return rows.flatMap((row) => {
    if (row.act !== 'session.note' || row.outcome !== 'ok') return [];
    return [{ row, text: wordOf(row.new, 'text'), corrects: row.ref ?? null, before: wordOf(row.old, 'text') }];
  });
}

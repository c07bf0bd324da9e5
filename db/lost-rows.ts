import type { FoundTrail, RowRange } from './export-point.ts';
import { readRow, type RowFields, type StoredRow } from './verify-row.ts';

function fieldsIn(row: StoredRow): RowFields[] {
  const reading = readRow(row);
  return reading.kind === 'read' ? [reading.fields] : [];
}

/**
 * Of the rows that the record has lost, those for which an export of this session is not whole: all of them where nothing can be
 * proven any more, or a row that names a key is among them; else those that may have been the session's. Rows that the closing row counts and that all are here were of others, and
 * so were those before the row that opened it.
 * @param rows what is left of the session
 * @param keySeqs rows that name a key
 */
export function lostFor(
  rows: readonly StoredRow[],
  { tree, missing }: FoundTrail,
  keySeqs: readonly number[],
): readonly RowRange[] {
  const isKeyLost = keySeqs.some((seq) => missing.some(([first, last]) => first <= seq && seq <= last));
  if (tree === null || isKeyLost) return missing;
  const fields = rows.flatMap(fieldsIn);
  const opened = fields.find(({ seal }) => seal !== undefined)?.seq ?? 0;
  const closing = fields.find(({ span }) => span !== undefined);
  const counted = rows.filter(({ seq }) => seq <= (closing?.seq ?? 0)).length;
  const isWhole = closing?.span !== undefined && closing.span.rows === counted && closing.span.first === opened;
  return isWhole ? [] : missing.filter(([, last]) => last > opened);
}

/** As a person reads it: `rows 12 to 14, 20`. */
export function rangesText(ranges: readonly RowRange[]): string {
  const parts = ranges.map(([first, last]) => (first === last ? String(first) : `${first} to ${last}`));
  const isOne = ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1];
  return `${isOne ? 'row' : 'rows'} ${parts.join(', ')}`;
}

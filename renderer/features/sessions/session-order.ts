import type { SessionRow } from '../../app/types.ts';

export const COLUMNS = {
  openedAt: 'Opened',
  patientName: 'Patient',
  patientId: 'Patient id',
  chairId: 'Chair',
  clinician: 'Clinician',
  state: 'State',
} as const satisfies Partial<Record<keyof SessionRow, string>>;

export type Column = keyof typeof COLUMNS;

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** Rows in which every typed word occurs somewhere, in the chosen order. */
export function found(
  rows: readonly SessionRow[],
  search: string,
  { column, descending }: Order,
): readonly SessionRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (row: SessionRow): string =>
    [row.patientName, row.patientId, row.chairId, row.clinician, row.state, row.openedAt].join(' ').toLowerCase();
  const kept = rows.filter((row) => words.every((word) => text(row).includes(word)));
  const sign = descending ? -1 : 1;
  return kept.toSorted((a, b) => sign * a[column].localeCompare(b[column], 'en', { numeric: true }));
}

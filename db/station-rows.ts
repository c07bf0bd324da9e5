import { readLastRow } from './log-readers.ts';
import { toAuditRow } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import type { AuditRow } from './trail.ts';
import type { StoredRow } from './verify-row.ts';

/** Which rows of the station are asked for; null members ask for nothing. */
export interface StationRowsAsked {
  /** Rows below this one; null: from the newest on. */
  readonly before: number | null;
  /** First words of acts, e.g. `access`. */
  readonly kinds: readonly string[] | null;
  /** ISO 8601 instants with Z; from inclusive, to exclusive. */
  readonly from: string | null;
  readonly to: string | null;
  readonly limit: number;
}

/** The newest check of the whole record that came to an end, and how many rows there are now. */
export interface LastCheck {
  readonly rows: number;
  readonly check: AuditRow | null;
}

/** Rows that belong to no session, the newest first. Every value is bound: no text becomes SQL. */
export function readStationRows(db: SqlDatabase, { before, kinds, from, to, limit }: StationRowsAsked): AuditRow[] {
  const ofKind = kinds?.map(() => "act || '.' LIKE ? || '.%'").join(' OR ') ?? '';
  const parts = [
    'session IS NULL',
    ...(before === null ? [] : ['seq < ?']),
    ...(from === null ? [] : ["body ->> '$.ts' >= ?"]),
    ...(to === null ? [] : ["body ->> '$.ts' < ?"]),
    ...(kinds === null ? [] : [`(${ofKind === '' ? 'FALSE' : ofKind})`]),
  ];
  const query = db.prepare(`SELECT seq, body, hash FROM audit WHERE ${parts.join(' AND ')} ORDER BY seq DESC LIMIT ?`);
  const values = [before, from, to].filter((value) => value !== null);
  return (query.all(...values, ...(kinds ?? []), limit) as StoredRow[]).map(toAuditRow);
}

/** One that was cancelled or could not go on came to nothing and is not it. */
export function readLastCheck(db: SqlDatabase): LastCheck {
  const query = db.prepare(
    `SELECT seq, body, hash FROM audit WHERE act = 'record.verified' AND body ->> '$.new.whole' IS NOT NULL
     ORDER BY seq DESC LIMIT 1`,
  );
  const row = query.get() as StoredRow | undefined;
  return { rows: readLastRow(db)?.seq ?? 0, check: row === undefined ? null : toAuditRow(row) };
}

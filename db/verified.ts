import { CompactRange } from './compact-range.ts';
import { readKeyChain, rowReader } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import type { CheckedUpTo } from './verify-trail.ts';

/** Remembers that the trail was in order up to here. */
export function keepVerified(db: SqlDatabase, range: CompactRange): void {
  if (range.size === 0) return;
  try {
    write(db, range);
  } catch (error) {
    // A full disk takes only the short cut away: the next check at start begins where the one before did.
    if (toRecordError(error).code !== 'RECORD_FULL') throw error;
  }
}

function write(db: SqlDatabase, range: CompactRange): void {
  db.prepare(
    `INSERT INTO verified (id, size, peaks, at) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET size = excluded.size, peaks = excluded.peaks, at = excluded.at`,
  ).run(range.size, range.bytes(), new Date().toISOString());
}

interface VerifiedRow {
  readonly size: number;
  readonly peaks: Uint8Array;
}

/** Where the check at start begins; null, and so at the first row, where nothing usable is remembered. */
export function checkedBefore(db: SqlDatabase): CheckedUpTo | null {
  const row = db.prepare('SELECT size, peaks FROM verified').get() as VerifiedRow | undefined;
  const range = row === undefined ? null : CompactRange.from(row.size, row.peaks);
  if (range === null) return null;
  const [last] = rowReader(db)(range.size - 1, range.size, 1);
  const keys = readKeyChain(db, range.size);
  return last === undefined || keys === null ? null : { range, prev: Buffer.from(last.hash).toString('hex'), keys };
}

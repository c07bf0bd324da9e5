import { readHead, readKeyChain, readLastRow } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import { readRow } from './verify-row.ts';

/** Where a record ends, as it says of itself; nothing of it is checked. */
export interface RecordEnd {
  readonly origin: string;
  readonly rows: number;
  /** Hex. */
  readonly root: string;
  /** Wall-clock time of the last row, ISO 8601 with Z. */
  readonly at: string;
}

/** Null where there is no row, or the ends do not say where they are. */
export function readEnd(db: SqlDatabase): RecordEnd | null {
  const head = readHead(db);
  const last = readLastRow(db);
  const keys = readKeyChain(db);
  const reading = last === null ? null : readRow(last);
  if (head === null || keys === null || reading?.kind !== 'read') return null;
  const root = Buffer.from(head.root).toString('hex');
  return { origin: keys.origin, rows: reading.fields.seq, root, at: reading.fields.ts };
}

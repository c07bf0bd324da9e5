import type { SqlDatabase } from './sql.ts';
import { isKeyRow, KeyChain } from './verify-keys.ts';
import { type HexRow, readRow, type RowFields, type StoredRow } from './verify-row.ts';
import type { Head } from './verify-trail.ts';

export interface HeadRow extends Head {
  readonly root: Uint8Array;
  /** CompactRange.bytes() of the tree. */
  readonly peaks: Uint8Array;
}

export interface EpochNote {
  readonly size: number;
  readonly note: string;
}

export function readHead(db: SqlDatabase): HeadRow | null {
  return (db.prepare('SELECT size, root, peaks, note FROM head').get() as HeadRow | undefined) ?? null;
}

export function readLastRow(db: SqlDatabase): StoredRow | null {
  const row = db.prepare('SELECT seq, body, hash FROM audit ORDER BY seq DESC LIMIT 1').get();
  return (row as StoredRow | undefined) ?? null;
}

/** Null where there is no row. Anybody may have put rows before the first one: nothing that walks the trail from there would meet them. */
export function readLowestSeq(db: SqlDatabase): number | null {
  return (db.prepare('SELECT min(seq) AS lowest FROM audit').get() as { readonly lowest: number | null }).lowest;
}

/** Null where there is none. */
export function readRowAt(db: SqlDatabase, seq: number): StoredRow | null {
  const row = db.prepare('SELECT seq, body, hash FROM audit WHERE seq = ?').get(seq);
  return (row as StoredRow | undefined) ?? null;
}

/** Reads rows after `after` up to `upTo`, at most `limit` of them; prepared once for many slices. */
export function rowReader(db: SqlDatabase): (after: number, upTo: number, limit: number) => StoredRow[] {
  const query = db.prepare('SELECT seq, body, hash FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?');
  return (after, upTo, limit) => query.all(after, upTo, limit) as StoredRow[];
}

/** The hash of a row in hex: to make a buffer takes most of the time in which a row is read. What is no bytes is no hash. */
export const HEX_HASH = "CASE typeof(hash) WHEN 'blob' THEN lower(hex(hash)) ELSE '' END AS hash";

/** The same with the hash in hex. */
export function hexRowReader(db: SqlDatabase): (after: number, upTo: number, limit: number) => HexRow[] {
  const query = db.prepare(`SELECT seq, body, ${HEX_HASH} FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`);
  return (after, upTo, limit) => query.all(after, upTo, limit) as HexRow[];
}

export function readEpochNotes(db: SqlDatabase, upTo: number): EpochNote[] {
  return db.prepare('SELECT size, note FROM checkpoint WHERE size <= ? ORDER BY size').all(upTo) as EpochNote[];
}

interface KeyRow {
  readonly row: StoredRow;
  readonly fields: RowFields;
}

function keyRows(db: SqlDatabase, upTo: number): KeyRow[] {
  const query = db.prepare(
    "SELECT seq, body, hash FROM audit WHERE act IN ('log.genesis', 'key.rotate') AND seq <= ? ORDER BY seq",
  );
  return (query.all(upTo) as StoredRow[]).flatMap((row) => {
    const reading = readRow(row);
    return reading.kind === 'read' && isKeyRow(reading.fields) ? [{ row, fields: reading.fields }] : [];
  });
}

/** Rows that name a signing key, up to `upTo`. */
export function readKeyRows(db: SqlDatabase, upTo: number): StoredRow[] {
  return keyRows(db, upTo).map(({ row }) => row);
}

/** The keys that the trail names up to `upTo`, unchecked; null where the first row names none. */
export function readKeyChain(db: SqlDatabase, upTo = Number.MAX_SAFE_INTEGER): KeyChain | null {
  const [genesis, ...rotations] = keyRows(db, upTo).map(({ fields }) => fields);
  const keys = genesis === undefined ? null : KeyChain.begin(genesis);
  if (keys !== null) for (const rotation of rotations) keys.follow(rotation);
  return keys;
}

/** Whether two persons recorded that this root fingerprint is the one on paper. */
export function isEnrolled(db: SqlDatabase, rootFingerprint: string): boolean {
  const query = db.prepare(
    `SELECT count(*) AS rows FROM audit
     WHERE act = 'key.enrolled' AND body ->> '$.outcome' = 'ok' AND body ->> '$.new.rootFingerprint' = ?`,
  );
  return (query.get(rootFingerprint) as { readonly rows: number }).rows > 0;
}

import type { ExportPoint } from './export-point.ts';
import { readEpochNotes, readKeyRows, readRowAt } from './log-readers.ts';
import { lostFor } from './lost-rows.ts';
import type { MerkleTree } from './merkle.ts';
import { ownerOf, readableRows } from './salvage.ts';
import { Sessions, toAuditRow } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import { orIfUnreadable } from './sql-errors.ts';
import type { AuditRow, SessionBundle } from './trail.ts';
import { parseTrend } from './trend-chunk.ts';
import { isKeyRow } from './verify-keys.ts';
import { readRow, type StoredRow } from './verify-row.ts';

/** Without a tree there is no proof, and the export says which rows are missing for it. */
function proofs(tree: MerkleTree | null, rows: readonly AuditRow[], size: number): string[][] {
  return rows.map(({ seq }) => tree?.proof(seq - 1, size).map((hash) => hash.toString('hex')) ?? []);
}

interface OwnRows {
  readonly rows: readonly StoredRow[];
  readonly keyRows: readonly StoredRow[];
}

function namesKey(row: StoredRow): boolean {
  const reading = readRow(row);
  return reading.kind === 'read' && isKeyRow(reading.fields);
}

/** The same from every row that can be read, where indexes may be what is damaged. */
async function salvaged(db: SqlDatabase, sessionId: string, size: number): Promise<OwnRows> {
  const rows: StoredRow[] = [];
  const keyRows: StoredRow[] = [];
  for await (const slice of readableRows(db, size)) {
    for (const row of slice) {
      const { session, act } = ownerOf(row.body);
      if (session === sessionId) rows.push(row);
      if (act.startsWith('log.') || act.startsWith('key.')) if (namesKey(row)) keyRows.push(row);
    }
  }
  return { rows, keyRows };
}

/**
 * Everything an export of one session needs, as of the row that began it. Where the record is damaged, everything of it that is left.
 * @param isDamaged what the check just before found
 */
export async function readBundle(
  db: SqlDatabase,
  sessionId: string,
  point: ExportPoint,
  isDamaged: boolean,
): Promise<Omit<SessionBundle, 'verification'>> {
  const { seq: size, note } = point;
  const sessions = new Sessions(db);
  const session = sessions.get(sessionId);
  const own = isDamaged
    ? await salvaged(db, sessionId, size)
    : { rows: sessions.rowsUpTo(sessionId, size), keyRows: readKeyRows(db, size) };
  const epochs = orIfUnreadable(() => readEpochNotes(db, size), []);
  const found = await point.found();
  const { tree } = found;
  const [rows, keyRows] = [own.rows.map(toAuditRow), own.keyRows.map(toAuditRow)];
  const trendLines = sessions.vouched('trend', own.rows);
  return {
    session,
    sessionNonce: Buffer.from(sessions.nonce(sessionId) ?? []).toString('hex'),
    rows,
    proofs: proofs(tree, rows, size),
    checkpoint: note,
    begun: begunOf(db, point, tree),
    missing: lostFor(own.rows, found, [1, ...epochs.map((epoch) => epoch.size)]),
    keyRows,
    keyProofs: proofs(tree, keyRows, size),
    keyHandovers: epochs.map((epoch) => ({
      checkpoint: epoch.note,
      proof: tree?.proof(epoch.size - 1, epoch.size).map((hash) => hash.toString('hex')) ?? [],
    })),
    trendLines,
    trends: trendLines.flatMap((line) => parseTrend(line) ?? []),
    engineChunks: sessions.vouched('engine', own.rows),
  };
}

function begunOf(db: SqlDatabase, { seq, isStated }: ExportPoint, tree: MerkleTree | null): SessionBundle['begun'] {
  const found = isStated ? orIfUnreadable(() => readRowAt(db, seq), null) : null;
  if (found === null) return null;
  const row = toAuditRow(found);
  return { row, proof: proofs(tree, [row], seq)[0] ?? [] };
}

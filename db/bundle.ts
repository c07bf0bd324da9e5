import { AppError } from '../drivers/kit/app-error.ts';
import { printedCheckpoint } from './anchor.ts';
import type { ExportPoint } from './export-point.ts';
import { readEpochNotes, readKeyRows, readRowAt } from './log-readers.ts';
import type { MerkleTree } from './merkle.ts';
import { Sessions, toAuditRow } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import type { AuditRow, SessionBundle } from './trail.ts';

function proofs(tree: MerkleTree, rows: readonly AuditRow[], size: number): string[][] {
  return rows.map(({ seq }) => tree.proof(seq - 1, size).map((hash) => hash.toString('hex')));
}

/**
 * Everything an export of one session needs, as of the row that began it. All of it is read before the first slice of
 * hashes, so later events are not in it.
 */
export async function readBundle(
  db: SqlDatabase,
  sessionId: string,
  point: ExportPoint,
): Promise<Omit<SessionBundle, 'verification'>> {
  const { seq: size, note } = point;
  const printed = printedCheckpoint(note);
  const begun = readRowAt(db, size);
  if (printed === null || begun === null) {
    throw new AppError('RECORD_DAMAGED', 'The record has no readable head. Verify it.');
  }
  const sessions = new Sessions(db);
  const session = sessions.get(sessionId);
  const rows = sessions.rows(sessionId, size);
  const trends = sessions.trends(sessionId, size);
  const engineChunks = sessions.engineChunks(sessionId, size);
  const keyRows = readKeyRows(db, size).map(toAuditRow);
  const epochs = readEpochNotes(db, size);
  const tree = await point.tree();
  const row = toAuditRow(begun);
  return {
    session,
    sessionNonce: Buffer.from(sessions.nonce(sessionId) ?? []).toString('hex'),
    rows,
    proofs: proofs(tree, rows, size),
    checkpoint: note,
    printed,
    begun: { row, proof: proofs(tree, [row], size)[0] ?? [] },
    keyRows,
    keyProofs: proofs(tree, keyRows, size),
    keyHandovers: epochs.map((epoch) => ({
      checkpoint: epoch.note,
      proof: tree.proof(epoch.size - 1, epoch.size).map((hash) => hash.toString('hex')),
    })),
    trends,
    engineChunks,
  };
}

import { AppError } from '../drivers/kit/app-error.ts';
import { printedCheckpoint } from './anchor.ts';
import { readEpochNotes, readHead, readKeyRows } from './log-readers.ts';
import { rowsInSlices } from './long-work.ts';
import { MerkleTree } from './merkle.ts';
import { Sessions, toAuditRow } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import type { AuditRow, SessionBundle } from './trail.ts';

function proofs(tree: MerkleTree, rows: readonly AuditRow[], size: number): string[][] {
  return rows.map(({ seq }) => tree.proof(seq - 1, size).map((hash) => hash.toString('hex')));
}

async function treeOf(db: SqlDatabase, size: number): Promise<MerkleTree> {
  const tree = new MerkleTree();
  for await (const rows of rowsInSlices(db, size)) for (const { hash } of rows) tree.append(hash);
  if (tree.size !== size) {
    throw new AppError('RECORD_DAMAGED', 'The record has lost rows. Verify it, and keep a copy of its folder.');
  }
  return tree;
}

/**
 * Everything an export of one session needs, as of one signed head. All of it is read before the first slice of
 * hashes, so later events are not in it.
 */
export async function readBundle(db: SqlDatabase, sessionId: string): Promise<Omit<SessionBundle, 'verification'>> {
  const head = readHead(db);
  if (head === null) throw new AppError('RECORD_DAMAGED', 'The record has lost its head. Verify it.');
  const { size, note } = head;
  const printed = printedCheckpoint(note);
  if (printed === null) throw new AppError('RECORD_DAMAGED', 'The record has no readable head. Verify it.');
  const sessions = new Sessions(db);
  const session = sessions.get(sessionId);
  const rows = sessions.rows(sessionId, size);
  const trends = sessions.trends(sessionId, size);
  const engineChunks = sessions.engineChunks(sessionId, size);
  const keyRows = readKeyRows(db, size).map(toAuditRow);
  const epochs = readEpochNotes(db, size);
  const tree = await treeOf(db, size);
  return {
    session,
    sessionNonce: Buffer.from(sessions.nonce(sessionId) ?? []).toString('hex'),
    rows,
    proofs: proofs(tree, rows, size),
    checkpoint: note,
    printed,
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

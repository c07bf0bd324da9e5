import { AppError } from '../drivers/kit/app-error.ts';
import { readHead } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import type { SessionTip } from './trail.ts';
import type { StoredRow } from './verify-row.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Both ends in one reading. Throws RECORD_FAILED for a session without rows, RECORD_DAMAGED without a head. */
export function readSessionTip(db: SqlDatabase, sessionId: string): SessionTip {
  const head = readHead(db);
  if (head === null) throw new AppError('RECORD_DAMAGED', 'The record has lost its head. Verify it.');
  const query = db.prepare('SELECT seq, body, hash FROM audit WHERE session = ? ORDER BY seq DESC LIMIT 1');
  const last = query.get(sessionId) as StoredRow | undefined;
  if (last === undefined) throw new AppError('RECORD_FAILED', `There is no session ${sessionId} in the record.`);
  return { lastSeq: last.seq, lastHash: hex(last.hash), size: head.size, root: hex(head.root) };
}

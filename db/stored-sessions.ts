import { readLastRow } from './log-readers.ts';
import { tableRows, type Turns } from './long-work.ts';
import { sealOf } from './session-seal.ts';
import { SESSION_COLUMNS } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import type { SessionRecord } from './trail.ts';
import type { StoredSession } from './verify-sessions.ts';

type Stored = SessionRecord & { readonly nonce: Uint8Array };

const COLUMNS = `${SESSION_COLUMNS}, nonce`;

/**
 * The session table for a check, by id. It grows for years and is read while others are served, so what this gives makes it the
 * table of one moment: sessions that got rows meanwhile are read once more.
 */
export async function readSessions(db: SqlDatabase, turns: Turns): Promise<() => ReadonlyMap<string, StoredSession>> {
  const sessions = new Map<string, StoredSession>();
  const keep = (row: Stored): void => void sessions.set(row.id, { ...row, seal: sealOf(row, row.nonce) });
  const begun = readLastRow(db)?.seq ?? 0;
  for await (const row of tableRows(db, { table: 'session', columns: COLUMNS }, turns)) keep(row as Stored);
  return () => {
    const since = db.prepare(`SELECT ${COLUMNS} FROM session WHERE id IN (SELECT session FROM audit WHERE seq > ?)`);
    for (const row of since.all(begun) as Stored[]) keep(row);
    return sessions;
  };
}

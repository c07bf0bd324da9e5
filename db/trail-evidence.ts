import type { NamedAnchors } from './anchors.ts';
import { readHead, readLastRow, readLowestSeq } from './log-readers.ts';
import { tableRows, type Turns } from './long-work.ts';
import type { SqlDatabase } from './sql.ts';
import { readSessions } from './stored-sessions.ts';
import { readRow, type StoredRow } from './verify-row.ts';
import type { Kept, TrailEvidence } from './verify-trail.ts';
import { KEPT, type KeptKind } from './vouched.ts';

/** Version of the rows from which on the times of a session are those of its rows. A copy may be older. */
const TIMES_OF_ROWS = 2;
/** Before, the clock was read twice for one event (ms). */
const OLD_SLACK = 60_000;

/** By the newest row, which is signed: whoever changes a file can change the version that it says of itself. */
function slackOf(last: StoredRow | null): number {
  const reading = last === null ? null : readRow(last);
  const version = reading?.kind === 'read' ? (reading.fields.v ?? 1) : TIMES_OF_ROWS;
  return version < TIMES_OF_ROWS ? OLD_SLACK : 0;
}

/** Counted row by row: for a count SQLite reads the whole table in one go, and that of the engine grows by gigabytes. */
async function kept<Piece>(
  db: SqlDatabase,
  { table, key, piece, upTo }: { table: string; key: string; piece: string; upTo: number },
  turns: Turns,
): Promise<Kept<Piece>> {
  let count = 0;
  for await (const _ of tableRows(db, { table, columns: key, upTo }, turns)) count += 1;
  const query = db.prepare(`SELECT ${piece} AS piece FROM ${table} WHERE ${key} = ?`);
  return { count, at: (seq) => (query.get(seq) as { readonly piece: Piece } | undefined)?.piece ?? null };
}

/** What a check of the trail needs beside the rows, as of one moment; rows and sessions that come later are none of it. */
export async function readEvidence(
  db: SqlDatabase,
  held: readonly NamedAnchors[],
  turns: Turns,
): Promise<TrailEvidence> {
  const sessionsNow = await readSessions(db, turns);
  // The moment: nobody is served before all of this is read.
  const sessions = sessionsNow();
  const [head, last, lowestSeq] = [readHead(db), readLastRow(db), readLowestSeq(db)];
  // What is kept up to a row never changes.
  const upTo = last?.seq ?? 0;
  const ofKind = (kind: KeptKind): Promise<Kept<Uint8Array>> =>
    kept(db, { table: KEPT[kind].table, key: 'seq', piece: 'body', upTo }, turns);
  return {
    held,
    head,
    lastSeq: upTo,
    lowestSeq,
    epochNotes: await kept(db, { table: 'checkpoint', key: 'size', piece: 'note', upTo }, turns),
    sessions,
    sessionSlack: slackOf(last),
    kept: { trend: await ofKind('trend'), engine: await ofKind('engine'), access: await ofKind('access') },
  };
}

const NOTHING_KEPT = { count: 0, at: () => null };

export const NOTHING_READABLE: TrailEvidence = {
  held: [],
  head: null,
  lastSeq: 0,
  lowestSeq: null,
  epochNotes: NOTHING_KEPT,
  sessions: new Map(),
  sessionSlack: 0,
  kept: { trend: NOTHING_KEPT, engine: NOTHING_KEPT, access: NOTHING_KEPT },
};

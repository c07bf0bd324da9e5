import { readEpochNotes, readHead, readLastRow } from './log-readers.ts';
import { rowsInSlices } from './long-work.ts';
import { Sessions } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import type { Verification } from './trail.ts';
import { TrailCheck, type TrailEvidence, type VouchedBytes } from './verify-trail.ts';
import { VOUCHED, type VouchedKind } from './vouched.ts';

function vouchedBytes(db: SqlDatabase, kind: VouchedKind, lastSeq: number): VouchedBytes {
  const { table } = VOUCHED[kind];
  const query = db.prepare(`SELECT body FROM ${table} WHERE seq = ?`);
  const count = db.prepare(`SELECT count(*) AS chunks FROM ${table} WHERE seq <= ?`).get(lastSeq);
  return {
    count: (count as { readonly chunks: number }).chunks,
    at: (seq) => (query.get(seq) as { readonly body: Uint8Array } | undefined)?.body ?? null,
  };
}

function readEvidence(db: SqlDatabase): TrailEvidence {
  const sessions = new Sessions(db);
  const lastSeq = readLastRow(db)?.seq ?? 0;
  return {
    head: readHead(db),
    lastSeq,
    epochNotes: new Map(readEpochNotes(db, lastSeq).map(({ size, note }) => [size, note])),
    sessions: sessions.count(),
    sealOf: (id) => sessions.seal(id),
    vouched: { trend: vouchedBytes(db, 'trend', lastSeq), engine: vouchedBytes(db, 'engine', lastSeq) },
  };
}

/** Recomputes the whole trail as it stands now, and names the first damage. Events go on being recorded meanwhile. */
export async function verifyRecord(
  db: SqlDatabase,
  onProgress: (rowsDone: number, rowsTotal: number) => void,
): Promise<Verification> {
  const evidence = readEvidence(db);
  const check = new TrailCheck(evidence);
  let done = 0;
  try {
    for await (const rows of rowsInSlices(db, evidence.lastSeq)) {
      for (const row of rows) {
        const damage = check.row(row);
        if (damage !== null) return check.result(damage);
        done += 1;
      }
      onProgress(done, evidence.lastSeq);
    }
  } catch (error) {
    const failure = toRecordError(error);
    if (failure.code !== 'RECORD_DAMAGED') throw failure;
    return check.result({ seq: done + 1, what: 'row-hash', detail: `row ${done + 1} cannot be read any more` });
  }
  return check.finish();
}

import { AppError } from '../drivers/kit/app-error.ts';
import type { NamedAnchors } from './anchors.ts';
import { readEpochNotes, readHead, readLastRow, readLowestSeq } from './log-readers.ts';
import { rowsInSlices } from './long-work.ts';
import { Sessions } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import type { Verification } from './trail.ts';
import { keepVerified } from './verified.ts';
import { readRow, type StoredRow } from './verify-row.ts';
import { type CheckedUpTo, type KeptBytes, TrailCheck, type TrailEvidence } from './verify-trail.ts';
import { KEPT, type KeptKind } from './vouched.ts';

function keptBytes(db: SqlDatabase, kind: KeptKind, lastSeq: number): KeptBytes {
  const { table } = KEPT[kind];
  const query = db.prepare(`SELECT body FROM ${table} WHERE seq = ?`);
  const count = db.prepare(`SELECT count(*) AS chunks FROM ${table} WHERE seq <= ?`).get(lastSeq);
  return {
    count: (count as { readonly chunks: number }).chunks,
    at: (seq) => (query.get(seq) as { readonly body: Uint8Array } | undefined)?.body ?? null,
  };
}

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

function readEvidence(db: SqlDatabase, held: readonly NamedAnchors[]): TrailEvidence {
  const last = readLastRow(db);
  const lastSeq = last?.seq ?? 0;
  return {
    held,
    head: readHead(db),
    lastSeq,
    lowestSeq: readLowestSeq(db),
    epochNotes: new Map(readEpochNotes(db, lastSeq).map(({ size, note }) => [size, note])),
    sessions: new Sessions(db).stored(),
    sessionSlack: slackOf(last),
    kept: {
      trend: keptBytes(db, 'trend', lastSeq),
      engine: keptBytes(db, 'engine', lastSeq),
      access: keptBytes(db, 'access', lastSeq),
    },
  };
}

const NO_BYTES: KeptBytes = { count: 0, at: () => null };

const NOTHING_READABLE: TrailEvidence = {
  held: [],
  head: null,
  lastSeq: 0,
  lowestSeq: null,
  epochNotes: new Map(),
  sessions: new Map(),
  sessionSlack: 0,
  kept: { trend: NO_BYTES, engine: NO_BYTES, access: NO_BYTES },
};

export interface VerifyOptions {
  /** Rows done and to be done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** What was found outside the database. @default nothing */
  readonly held?: readonly NamedAnchors[];
  /** Asked between two slices. */
  readonly isCancelled?: () => boolean;
  /** Whether the next check at start may begin where this one ends. @default true */
  readonly remember?: boolean;
  /** Where an earlier check ended. @default the first row */
  readonly from?: CheckedUpTo | null;
}

const CANCELLED = 'The check was cancelled. It says nothing; begin it again.';

/** Throws RECORD_FAILED. */
export function refuseCancelled(isCancelled: VerifyOptions['isCancelled']): void {
  if (isCancelled?.() === true) throw new AppError('RECORD_FAILED', CANCELLED);
}

/** Recomputes the trail as it stands now, and names the first damage. Events go on being recorded meanwhile. */
export async function verifyRecord(db: SqlDatabase, options: VerifyOptions = {}): Promise<Verification> {
  const { onProgress, held = [], isCancelled, remember = true, from = null } = options;
  let evidence: TrailEvidence;
  try {
    evidence = readEvidence(db, held);
  } catch (error) {
    const failure = toRecordError(error);
    if (failure.code !== 'RECORD_DAMAGED') throw failure;
    return new TrailCheck(NOTHING_READABLE).result({ seq: 0, what: 'pages', detail: failure.message });
  }
  const check = new TrailCheck(evidence, from);
  try {
    for await (const rows of rowsInSlices(db, evidence.lastSeq, check.range.size)) {
      refuseCancelled(isCancelled);
      for (const row of rows) {
        const damage = check.row(row);
        if (damage !== null) return check.result(damage);
      }
      onProgress?.(check.range.size, evidence.lastSeq);
    }
    refuseCancelled(isCancelled);
  } catch (error) {
    const failure = toRecordError(error);
    if (failure.code !== 'RECORD_DAMAGED') throw failure;
    const seq = check.range.size + 1;
    return check.result({ seq, what: 'row-hash', detail: `row ${seq} cannot be read any more` });
  }
  const found = check.finish();
  if (found.damage === null && remember) keepVerified(db, check.range);
  return found;
}

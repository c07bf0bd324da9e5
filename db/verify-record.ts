import { AppError } from '../drivers/kit/app-error.ts';
import type { NamedAnchors } from './anchors.ts';
import { Turns, walkRows } from './long-work.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import type { DamageReport, Verification } from './trail.ts';
import { NOTHING_READABLE, readEvidence } from './trail-evidence.ts';
import { keepVerified } from './verified.ts';
import type { HexRow } from './verify-row.ts';
import { type CheckedUpTo, TrailCheck, type TrailEvidence } from './verify-trail.ts';

export interface VerifyOptions {
  /** Rows done and to be done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** What was found outside the database. @default nothing */
  readonly held?: readonly NamedAnchors[];
  /** Asked between two turns. */
  readonly isCancelled?: () => boolean;
  /** Whether the next check at start may begin where this one ends. @default true */
  readonly remember?: boolean;
  /** Where an earlier check ended. @default the first row */
  readonly from?: CheckedUpTo | null;
}

/** Rows between two words on how far it is: each is a message to the thread that asked. */
const TOLD_EVERY = 500;

const CANCELLED = 'The check was cancelled. It says nothing; begin it again.';

/** Throws RECORD_FAILED. */
export function refuseCancelled(isCancelled: VerifyOptions['isCancelled']): void {
  if (isCancelled?.() === true) throw new AppError('RECORD_FAILED', CANCELLED);
}

/** Recomputes the trail as it stands now, and names the first damage. Events go on being recorded meanwhile. */
export async function verifyRecord(db: SqlDatabase, options: VerifyOptions = {}): Promise<Verification> {
  const { onProgress, held = [], isCancelled, remember = true, from = null } = options;
  const turns = new Turns(() => refuseCancelled(isCancelled));
  let evidence: TrailEvidence;
  try {
    evidence = await readEvidence(db, held, turns);
  } catch (error) {
    const failure = toRecordError(error);
    if (failure.code !== 'RECORD_DAMAGED') throw failure;
    return new TrailCheck(NOTHING_READABLE).result({ seq: 0, what: 'pages', detail: failure.message });
  }
  const check = new TrailCheck(evidence, from);
  const { lastSeq } = evidence;
  const take = (row: HexRow): DamageReport | null => {
    const damage = check.row(row);
    const { size } = check.range;
    if (damage === null && (size % TOLD_EVERY === 0 || size === lastSeq)) onProgress?.(size, lastSeq);
    return damage;
  };
  try {
    const damage = await walkRows(db, { from: check.range.size, upTo: lastSeq }, turns, take);
    if (damage !== null) return check.result(damage);
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

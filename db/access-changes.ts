import { AppError } from '../drivers/kit/app-error.ts';
import { canonicalBody } from './canonical.ts';
import { CompactRange } from './compact-range.ts';
import { sha256 } from './hash.ts';
import { HEX_HASH, readHead, readKeyChain } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import type { AccessChange, AuditInput, JsonValue } from './trail.ts';
import { type HexRow, readRow, type StoredRow } from './verify-row.ts';
import { KEPT, vouchedHash } from './vouched.ts';

/** Act of the rows that vouch for a change of access. */
const ACCESS_ACT = KEPT.access.act;

type Facts = { readonly [name: string]: JsonValue };

function factsOf({ new: facts }: AuditInput): Facts {
  return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? (facts as Facts) : {};
}

/** The bytes to store, and the event that vouches for them. Secrets are in the bytes alone, never in the event. */
export function composeAccessChange(change: AccessChange, event: AuditInput): { bytes: Buffer; event: AuditInput } {
  if (event.act !== ACCESS_ACT) throw new AppError('RECORD_FAILED', `A change of access is no "${event.act}".`);
  const bytes = Buffer.from(canonicalBody(change));
  return { bytes, event: { ...event, new: { ...factsOf(event), sha256: sha256(bytes).toString('hex') } } };
}

interface KeptRow extends StoredRow {
  readonly kept: Uint8Array | null;
}

/**
 * All changes in their order. Throws RECORD_DAMAGED where one is missing, was changed, or has no row that vouches, and where
 * the rows' hashes do not lead to the signed head: a forged role would fit a row that was forged with it. No body but
 * theirs is read, so that nobody has to wait for the check of the whole record before they sign in.
 */
export function readAccessChanges(db: SqlDatabase): AccessChange[] {
  if (!isSigned(db)) damaged('the rows are not those that the station signed');
  const rows = db
    .prepare(
      `SELECT audit.seq, audit.body, audit.hash, access_change.body AS kept
       FROM audit LEFT JOIN access_change ON access_change.seq = audit.seq
       WHERE audit.act = '${ACCESS_ACT}' ORDER BY audit.seq`,
    )
    .all() as KeptRow[];
  const { changes } = db.prepare('SELECT count(*) AS changes FROM access_change').get() as { readonly changes: number };
  if (changes > rows.length) damaged('there is one that no row vouches for');
  return rows.map((row) => {
    const reading = readRow(row);
    if (row.kept === null || reading.kind !== 'read') damaged(`the one of row ${row.seq} is missing`);
    const fits = sha256(row.kept).toString('hex') === vouchedHash(reading.fields);
    if (!fits) damaged(`the one of row ${row.seq} was changed`);
    return JSON.parse(Buffer.from(row.kept).toString()) as AccessChange;
  });
}

/** Hashes read at a time. */
const SLICE = 10_000;

/** the hashes as they stand beside the rows, from the first to the last, are what the station signed. */
function isSigned(db: SqlDatabase): boolean {
  const head = readHead(db);
  const keys = readKeyChain(db);
  if (head === null || keys === null) return false;
  return keys.vouchesFor(head.note, head.size, rangeOf(db).root());
}

function rangeOf(db: SqlDatabase): CompactRange {
  const query = db.prepare(`SELECT ${HEX_HASH} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`);
  let range = CompactRange.empty;
  for (;;) {
    const hashes = query.all(range.size, SLICE) as Pick<HexRow, 'hash'>[];
    for (const { hash } of hashes) range = range.with(hash);
    if (hashes.length < SLICE) return range;
  }
}

function damaged(what: string): never {
  throw new AppError('RECORD_DAMAGED', `The changes of access in the record do not fit their rows: ${what}.`);
}

import { type HeadRow, readHead } from './log-readers.ts';
import { MerkleTree } from './merkle.ts';
import { readableRows } from './salvage.ts';
import type { SqlDatabase } from './sql.ts';
import { orIfUnreadable } from './sql-errors.ts';
import { readRow, type StoredRow } from './verify-row.ts';

/** Row numbers, first and last. */
export type RowRange = readonly [first: number, last: number];

/** What of the trail was there when an export began. */
export interface FoundTrail {
  /** Null where a hash in it is gone with its row: nothing can then be proven against the head. */
  readonly tree: MerkleTree | null;
  /** Rows that are not there, in order. */
  readonly missing: readonly RowRange[];
}

/**
 * The trail as it was when an export began: all of its sessions are read up to here and proven against this head, so
 * that later events are not in it. The tree is made once for all of them.
 */
export class ExportPoint {
  /** The row that says that the export began; the last one that the head covers. */
  readonly seq: number;
  /** Signed head; empty where the record has lost it. */
  readonly note: string;
  /** Whether row `seq` states what the export holds. */
  readonly isStated: boolean;
  readonly #db: SqlDatabase;
  #found: Promise<FoundTrail> | null = null;

  private constructor(db: SqlDatabase, { size, note }: Pick<HeadRow, 'size' | 'note'>, isStated: boolean) {
    this.#db = db;
    this.seq = size;
    this.note = note;
    this.isStated = isStated;
  }

  /** Right after the row was written, which wrote a head with it. */
  static now(db: SqlDatabase): ExportPoint {
    return new ExportPoint(db, readHead(db) ?? { size: 0, note: '' }, true);
  }

  /** Of a record that takes no row any more: what is left of it, evidence of the damage too. */
  static unstated(db: SqlDatabase): ExportPoint {
    return new ExportPoint(db, headOf(db), false);
  }

  found(): Promise<FoundTrail> {
    this.#found ??= findTrail(this.#db, this.seq);
    return this.#found;
  }
}

/** The head counts the rows that were signed; without it those that are left count. */
function headOf(db: SqlDatabase): Pick<HeadRow, 'size' | 'note'> {
  const head = orIfUnreadable(() => readHead(db), null);
  if (head !== null) return head;
  const { last } = db.prepare('SELECT max(seq) AS last FROM audit').get() as { readonly last: number | null };
  return { size: last ?? 0, note: '' };
}

/** A row names the hash of the one before it, so a single lost row leaves its hash behind. */
function hashBefore(row: StoredRow): Buffer | null {
  const reading = readRow(row);
  return reading.kind === 'read' ? Buffer.from(reading.fields.prev, 'hex') : null;
}

async function findTrail(db: SqlDatabase, size: number): Promise<FoundTrail> {
  let tree: MerkleTree | null = new MerkleTree();
  let next = 1;
  const missing: RowRange[] = [];
  for await (const rows of readableRows(db, size)) {
    for (const row of rows) {
      if (row.seq > next) {
        missing.push([next, row.seq - 1]);
        const lost = row.seq - next === 1 ? hashBefore(row) : null;
        if (lost === null) tree = null;
        else tree?.append(lost);
      }
      tree?.append(row.hash);
      next = row.seq + 1;
    }
  }
  if (next > size) return { tree, missing };
  return { tree: null, missing: [...missing, [next, size]] };
}

import { AppError } from '../drivers/kit/app-error.ts';
import { type HeadRow, readHead } from './log-readers.ts';
import { rowsInSlices } from './long-work.ts';
import { MerkleTree } from './merkle.ts';
import type { SqlDatabase } from './sql.ts';

/**
 * The trail as it was when an export began: all of its sessions are read up to here and proven against this head, so
 * that later events are not in it. The tree is made once for all of them.
 */
export class ExportPoint {
  /** The row that says that the export began; the last one that the head covers. */
  readonly seq: number;
  /** Signed head. */
  readonly note: string;
  readonly #db: SqlDatabase;
  #tree: Promise<MerkleTree> | null = null;

  private constructor(db: SqlDatabase, { size, note }: HeadRow) {
    this.#db = db;
    this.seq = size;
    this.note = note;
  }

  /** Right after the row was written. Throws RECORD_DAMAGED without a head. */
  static now(db: SqlDatabase): ExportPoint {
    const head = readHead(db);
    if (head === null) throw new AppError('RECORD_DAMAGED', 'The record has lost its head. Verify it.');
    return new ExportPoint(db, head);
  }

  tree(): Promise<MerkleTree> {
    this.#tree ??= treeOf(this.#db, this.seq);
    return this.#tree;
  }
}

async function treeOf(db: SqlDatabase, size: number): Promise<MerkleTree> {
  const tree = new MerkleTree();
  for await (const rows of rowsInSlices(db, size)) for (const { hash } of rows) tree.append(hash);
  if (tree.size === size) return tree;
  throw new AppError('RECORD_DAMAGED', 'The record has lost rows. Verify it, and keep a copy of its folder.');
}

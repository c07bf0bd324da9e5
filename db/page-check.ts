import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../drivers/kit/app-error.ts';
import type { StepProgress } from './messages.ts';
import { hasRoomFor, mebibytes } from './room.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import type { CheckPart, CheckProgress, DamageReport } from './trail.ts';
import { refuseCancelled } from './verify-record.ts';

/** The copy and what SQLite keeps beside it; a crash may leave them. */
const LEFT = /^record-pages-\d+\.db(-wal|-shm|-journal)?$/;

export interface PageCheckParts {
  readonly db: SqlDatabase;
  /** Of the record; the copy is made in it. */
  readonly folder: string;
  /** What the check at the start found; null: nothing, or there was none. */
  readonly found: DamageReport | null;
  readonly room: () => number;
  /** Copies the file page by page while rows go on. Ends where `onProgress` throws. */
  readonly copyTo: (path: string, onProgress: StepProgress) => Promise<unknown>;
  /** Checks the copy on another thread. */
  readonly check: (copy: string, onProgress: StepProgress, signal: AbortSignal) => Promise<DamageReport | null>;
}

/** Not on this thread: to let go of a gigabyte takes the system some time. Rejects with the file system's error. */
async function removeCopies(folder: string): Promise<void> {
  const left = readdirSync(folder).filter((name) => LEFT.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

/**
 * Every page of the file as SQLite sees it, while rows go on: in a copy and on another thread, because SQLite's check
 * cannot be interrupted and its thread serves nothing meanwhile. One at a time.
 */
export class PageCheck {
  readonly #parts: PageCheckParts;
  #found: DamageReport | null;
  #copies = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: PageCheckParts) {
    this.#parts = parts;
    this.#found = parts.found;
  }

  /** What a crash left holds names and takes room. Rejects with the file system's error. */
  removeLeft(): Promise<void> {
    return removeCopies(this.#parts.folder);
  }

  /** What the newest check found. */
  get found(): DamageReport | null {
    return this.#found;
  }

  /** Why the pages were not checked; null where they were. Rejects with RECORD_FAILED where it is cancelled. */
  run(onProgress: CheckProgress, signal: AbortSignal): Promise<string | null> {
    const turn = this.#last.then(() => this.#run(onProgress, signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run(onProgress: CheckProgress, signal: AbortSignal): Promise<string | null> {
    const isCancelled = (): boolean => signal.aborted;
    const part = (name: CheckPart, done: number, total: number): void => {
      refuseCancelled(isCancelled);
      onProgress(done, total, name);
    };
    const { folder, copyTo, check } = this.#parts;
    // A number of its own: a thread that was cancelled may still have the one before open.
    const path = join(folder, `record-pages-${(this.#copies += 1)}.db`);
    try {
      refuseCancelled(isCancelled);
      this.#requireRoom(this.#bytes());
      await copyTo(path, (done, total) => {
        this.#requireRoom(0);
        part('copy', done, total);
      });
      this.#found = await check(path, (done, total) => part('pages', done, total), signal);
      return null;
    } catch (error) {
      refuseCancelled(isCancelled);
      return `The pages of its file were not checked: ${toRecordError(error).message}`;
    } finally {
      await removeCopies(folder);
    }
  }

  #bytes(): number {
    const { db } = this.#parts;
    return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  }

  /** Also while it is copied: others write to this disk too, and rows come first. */
  #requireRoom(bytes: number): void {
    const room = this.#parts.room();
    if (hasRoomFor(bytes, room)) return;
    const sizes = `${mebibytes(this.#bytes())} MiB, and ${mebibytes(room)} MiB are left`;
    throw new AppError('RECORD_FULL', `a copy of it needs more room than its disk can spare (${sizes}).`);
  }
}

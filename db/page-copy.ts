import { type FileHandle, open } from 'node:fs/promises';
import type { StepProgress } from './messages.ts';

/** A hundred pages a turn: a few milliseconds, between which rows are served. */
const PAGES_A_TURN = 100;

/** The part of better-sqlite3 that copies. */
export interface CopiedDatabase {
  backup(
    path: string,
    options: { readonly progress: (state: { readonly totalPages: number; readonly remainingPages: number }) => number },
  ): Promise<object>;
}

/** Brings to the disk what was written to a file, again and again, while others write on. */
class Flushing {
  readonly #file: FileHandle;
  #isBusy = false;
  #last: Promise<void> = Promise.resolve();
  #failure: unknown = null;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Throws what became of the time before. */
  go(): void {
    if (this.#failure !== null) throw this.#failure;
    if (!this.#isBusy) this.#last = this.#flush();
  }

  async end(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    this.#isBusy = true;
    try {
      await this.#file.datasync();
    } catch (error) {
      this.#failure = error;
    }
    this.#isBusy = false;
  }
}

/**
 * Copies a database that is in use into a new file of its owner alone. The last step of SQLite holds this thread until all of it is
 * on the disk, so most of it is brought there before, by other threads. Rejects with what SQLite, the file system or `onProgress` says.
 */
export async function copyPages(db: CopiedDatabase, path: string, onProgress: StepProgress): Promise<object> {
  const flushing = new Flushing(await open(path, 'wx', 0o600));
  try {
    return await db.backup(path, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages - remainingPages, totalPages);
        flushing.go();
        return PAGES_A_TURN;
      },
    });
  } finally {
    await flushing.end();
  }
}

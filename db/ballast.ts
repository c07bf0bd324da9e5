import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const BLOCK = 1024 * 1024;
/** The reserve is only taken from a disk that can spare it. */
const ROOM = 4;

/**
 * A file that only takes up space, so that a full disk can be answered once: it is deleted, the event that did not
 * fit is written, and so are those that report the full disk.
 */
export class Ballast {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Takes the reserve if it is not there and the disk has room to spare. `bytes` 0 keeps none. Throws what the file system says. */
  hold(bytes: number): void {
    if (bytes === 0 || existsSync(this.#path)) return;
    const { bavail, bsize } = statfsSync(dirname(this.#path));
    if (bavail * bsize >= bytes * ROOM) this.#fill(bytes);
  }

  /** Gives the space back; false where there was none to give. */
  release(): boolean {
    if (!existsSync(this.#path)) return false;
    rmSync(this.#path);
    return true;
  }

  #fill(bytes: number): void {
    const draft = `${this.#path}.new`;
    const handle = openSync(draft, 'w');
    try {
      // Random bytes, because zeros take no space on a file system that compresses.
      const block = randomBytes(Math.min(BLOCK, bytes));
      for (let left = bytes; left > 0; left -= block.length) writeSync(handle, block, 0, Math.min(left, block.length));
      fsyncSync(handle);
    } catch (error) {
      rmSync(draft);
      throw error;
    } finally {
      closeSync(handle);
    }
    renameSync(draft, this.#path);
  }
}

import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const SIZE = '96m';

/** A small file system for the record that can be filled up; mounting one needs root on Linux. */
export class SmallDisk {
  readonly path: string;
  /** False: the folder lies on the machine's own disk and is never filled. */
  readonly isMounted: boolean;

  constructor(folder: string) {
    this.path = join(folder, 'disk');
    mkdirSync(this.path);
    this.isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', this.path]).status === 0;
  }

  /** Takes every byte that is left. */
  fill(): void {
    for (const size of [1 << 20, 1 << 12, 1]) {
      const block = Buffer.alloc(size);
      try {
        for (;;) appendFileSync(this.#filler, block);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    }
  }

  free(): void {
    rmSync(this.#filler, { force: true });
  }

  unmount(): void {
    if (this.isMounted) spawnSync('umount', ['-l', this.path]);
  }

  get #filler(): string {
    return join(this.path, 'filler');
  }
}

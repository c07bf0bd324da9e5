import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program that stands where the platform's player does and writes down what it was given, and when. */
export class RecordedPlayer {
  /** To be put on the path. */
  readonly folder: string;
  readonly #log: string;

  constructor(folder: string, name = 'pw-play') {
    this.folder = folder;
    this.#log = join(folder, 'played');
    writeFileSync(join(folder, name), `#!/bin/sh\necho "$(date +%s%3N) $*" >> "${this.#log}"\n`);
    chmodSync(join(folder, name), 0o755);
  }

  played(): readonly { readonly at: number; readonly given: string }[] {
    if (!existsSync(this.#log)) return [];
    const lines = readFileSync(this.#log, 'utf8').trim().split('\n');
    return lines.map((line) => ({ at: Number(line.split(' ')[0]), given: line.slice(line.indexOf(' ') + 1) }));
  }

  /** Waits until `count` were played since the start of the test. */
  async until(count: number, withinMs = 20_000): Promise<readonly { readonly at: number; readonly given: string }[]> {
    const deadline = performance.now() + withinMs;
    while (this.played().length < count) {
      if (performance.now() > deadline) throw new Error(`only ${this.played().length} of ${count} were played`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.played();
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { scrubbedEnvironment } from '../../main/scrubbed-environment.ts';
import { ROOT } from '../structure/sources.ts';
import type { Order, Run } from './bench-process.ts';

const ROOMS = ['core', 'drivers', 'db', 'main', 'preload', 'renderer', 'tests', 'docs'];
const CONFIGURATIONS = ['package.json', 'vitest.config.ts', 'tsconfig.json', 'tsconfig.base.json'];

/** A copy of the sources that may be damaged, and a vitest that stays in it. Each has one run at a time. */
export class Workbench {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'chairside-hazards-')));
  readonly #process: ChildProcess;
  #asked: PromiseWithResolvers<Run> | null = null;

  constructor() {
    for (const path of [...ROOMS, ...CONFIGURATIONS]) {
      // The pictures of the browser tests are no source.
      const filter = (source: string) => basename(source) !== 'output';
      cpSync(join(ROOT, path), join(this.#folder, path), { recursive: true, filter });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.#folder, 'node_modules'), 'junction');
    this.#process = fork(join(this.#folder, 'tests', 'hazards', 'bench-process.ts'), {
      cwd: this.#folder,
      env: scrubbedEnvironment(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process.on('message', (run: Run) => this.#asked?.resolve(run));
    this.#process.on('exit', (code) => this.#asked?.reject(new Error(`the vitest of a workbench ended (${code})`)));
  }

  /** How often a text stands in a file of the copy. */
  count(file: string, text: string): number {
    return readFileSync(join(this.#folder, file), 'utf8').split(text).length - 1;
  }

  async run(order: Order): Promise<Run> {
    this.#asked = Promise.withResolvers();
    this.#process.send(order, (error) => error !== null && this.#asked?.reject(error));
    return this.#asked.promise;
  }

  async remove(): Promise<void> {
    if (this.#process.connected) {
      this.#process.disconnect();
      await once(this.#process, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

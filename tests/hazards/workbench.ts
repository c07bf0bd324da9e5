import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scrubbedEnvironment } from '../../main/scrubbed-environment.ts';
import { ROOT } from '../structure/sources.ts';

const ROOMS = ['core', 'drivers', 'db', 'main', 'preload', 'renderer', 'tests', 'docs'];
const CONFIGURATIONS = ['package.json', 'vitest.config.ts', 'tsconfig.json', 'tsconfig.base.json'];

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Full names of the tests that ran, and the files that ended before any could, with the reason. */
export interface Run {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly unloaded: readonly string[];
}

/** A copy of the sources that may be damaged, and vitest in it. Each has one run at a time. */
export class Workbench {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'chairside-hazards-')));

  constructor() {
    for (const path of [...ROOMS, ...CONFIGURATIONS]) {
      cpSync(join(ROOT, path), join(this.#folder, path), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.#folder, 'node_modules'), 'junction');
  }

  /** How often a text stands in a file of the copy. */
  count(file: string, text: string): number {
    return this.#read(file).split(text).length - 1;
  }

  /** Runs `work` with the text replaced, and puts it back whatever happens. */
  async damaged<Result>(file: string, text: string, by: string, work: () => Promise<Result>): Promise<Result> {
    const whole = this.#read(file);
    writeFileSync(join(this.#folder, file), whole.split(text).join(by));
    try {
      return await work();
    } finally {
      writeFileSync(join(this.#folder, file), whole);
    }
  }

  /** Runs the tests of these files whose full name contains one of `names`. */
  async run(files: readonly string[], names: readonly string[]): Promise<Run> {
    const report = join(this.#folder, 'report.json');
    const own = ['--no-cache', `--fsModuleCachePath=${join(this.#folder, 'cache')}`, '--maxWorkers=1'];
    const output = ['--reporter=json', `--outputFile=${report}`];
    const pattern = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
    const script = join(this.#folder, 'node_modules', 'vitest', 'vitest.mjs');
    const args = [script, 'run', '--project', 'unit', ...own, ...output, `--testNamePattern=${pattern}`, ...files];
    rmSync(report, { force: true });
    const vitest = spawn(process.execPath, args, { cwd: this.#folder, env: scrubbedEnvironment(), stdio: 'ignore' });
    await once(vitest, 'exit');
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const named = (status: string) => tests.filter((test) => test.status === status).map(({ fullName }) => fullName);
    const unloaded = testResults
      .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
      .map(({ name, message }) => `${name}: ${message}`);
    return { passed: named('passed'), failed: named('failed'), unloaded };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #read(file: string): string {
    return readFileSync(join(this.#folder, file), 'utf8');
  }
}

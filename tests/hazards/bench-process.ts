import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

/** A text of one source file, and what stands there for the time of one run. */
export interface Damage {
  readonly file: string;
  readonly text: string;
  readonly without: string;
}

/** Tests to run: those in these files whose full name contains one of `names`. */
export interface Order {
  readonly damage: Damage | null;
  readonly files: readonly string[];
  readonly names: readonly string[];
}

/** Full names of the tests that ran, and the files that ended before any could, with the reason. */
export interface Run {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly unloaded: readonly string[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** The process of a workbench, in the copy it stands in: its vitest stays, each test file still gets a process of its own. */
const folder = process.cwd();
const report = join(folder, 'report.json');
const vitest = await createVitest({
  root: folder,
  project: ['unit'],
  watch: false,
  cache: false,
  fsModuleCachePath: join(folder, 'cache'),
  maxWorkers: 1,
  reporters: ['json'],
  outputFile: { json: report },
});
await vitest.standalone();

function write(file: string, source: string): void {
  writeFileSync(join(folder, file), source);
  // Vitest watches nothing here: what it knows of the file before is true no more.
  vitest.invalidateFile(join(folder, file));
}

/** Runs `work` with the damage in place, and puts the text back whatever happens. */
async function damaged({ file, text, without }: Damage, work: () => Promise<void>): Promise<void> {
  const whole = readFileSync(join(folder, file), 'utf8');
  write(file, whole.split(text).join(without));
  try {
    await work();
  } finally {
    write(file, whole);
  }
}

function reported(): Run {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (status: string) => tests.filter((test) => test.status === status).map(({ fullName }) => fullName);
  const unloaded = testResults
    .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
    .map(({ name, message }) => `${name}: ${message}`);
  return { passed: named('passed'), failed: named('failed'), unloaded };
}

async function carryOut({ damage, files, names }: Order): Promise<Run> {
  rmSync(report, { force: true });
  vitest.setGlobalTestNamePattern(names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
  const run = async () => {
    await vitest.runTestSpecifications(files.flatMap((file) => vitest.getModuleSpecifications(join(folder, file))));
  };
  await (damage === null ? run() : damaged(damage, run));
  return reported();
}

process.on('message', (order: Order) => void carryOut(order).then((run) => process.send?.(run)));
process.on('disconnect', () => process.exit());

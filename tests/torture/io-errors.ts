import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Random } from '../chaos/random.ts';
import { Disk } from './disk.ts';
import { type Call, type Injection, recordIn, type Run, runWriter } from './inject.ts';
import { judgeRun, type Told } from './judge-run.ts';
import { scratchFolder } from './scratch.ts';
import { isSealedWork } from './seal.ts';
import { CALLS, type DiskStep } from './trace.ts';

/** Rows of a session that is short, and of one in which the log goes back into the file. */
const [FEW, MANY] = [2, 510];

/** Runs between two lines that tell how far it is. */
const PROGRESS_EVERY = 25;

/** Runs of a station whose disk fails: its first start, a later one, and one whose log grows long. */
interface Work extends Omit<Run, 'work'> {
  /** The record it begins with; null for none. */
  readonly folder: string | null;
  /** What the runs before it were told. */
  readonly before: Told;
  /** Whether everything that it does to the disk is recorded, so that its power can be cut. */
  readonly isWhole: boolean;
}

export interface Trial {
  readonly work: Work;
  readonly injection: Injection;
}

export interface IoErrorSummary {
  readonly seed: number;
  /** Calls of the recordings by name, each failed once alone and once with all that follow. */
  readonly calls: Readonly<Record<string, number>>;
  readonly trials: number;
  /** Runs with at least one error. */
  readonly runs: number;
  /** Runs that ended before the call that should have failed. */
  readonly unreached: number;
  /** Calls that were answered with an error. */
  readonly injected: number;
  /** Runs in which a row or the start was refused. */
  readonly refusing: number;
  /** Power cuts behind an error, with a disk that forgets what a failed sync should have written. */
  readonly cuts: number;
  /** Acknowledged rows at all runs and cuts together. */
  readonly acknowledgedRows: number;
  readonly lostRows: number;
  /** Refused rows that the next start found all the same. */
  readonly refusedFound: number;
  /** Runs and cuts whose keys could not be kept, and whose record said so when it began. */
  readonly lostKeys: number;
  readonly failures: readonly string[];
  readonly seconds: number;
}

const NOTHING_TOLD: Told = { acknowledged: [], refused: new Set() };

export class IoErrors {
  readonly #seed: number;
  readonly #counts = {
    runs: 0,
    unreached: 0,
    injected: 0,
    refusing: 0,
    cuts: 0,
    acknowledgedRows: 0,
    lostRows: 0,
    refusedFound: 0,
    lostKeys: 0,
  };
  readonly #failures: string[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  get counts() {
    return { ...this.#counts, failures: this.#failures };
  }

  /** Gives what the run said of its rows. */
  async run({ work, injection }: Trial): Promise<Told> {
    using scratch = scratchFolder();
    const { call, error, nth, isLasting } = injection;
    const where = `seed ${this.#seed}, ${work.name}, ${call} ${nth}${isLasting ? ' and on' : ''}, ${error}`;
    if (work.folder !== null) cpSync(work.folder, recordIn(scratch.path), { recursive: true });
    const outcome = await runWriter({ ...work, work: scratch.path }, injection);
    const { trace, said, problem } = outcome;
    const { steps, injected } = trace;
    const told = toldBy(said, work.before);
    // Rows and anchors go on beside each other, so a run may have a call less than the recorded one.
    if (injected === 0) {
      this.#counts.unreached += 1;
      return told;
    }
    this.#counts.runs += 1;
    this.#counts.injected += injected;
    if (problem !== null) this.#failures.push(`${where}: ${problem}`);
    if (said.some((line) => !line.startsWith('ack'))) this.#counts.refusing += 1;
    await this.#judge(recordIn(scratch.path), told, where);
    if (work.isWhole) await this.#cut(scratch.path, work, steps, told, where);
    return told;
  }

  async #cut(scratch: string, work: Work, steps: readonly DiskStep[], told: Told, where: string): Promise<void> {
    const disk = new Disk();
    if (work.folder !== null) for (const step of stepsThatMake(work.folder)) disk.take(step);
    const acknowledged = [...work.before.acknowledged];
    let hasFailed = false;
    for (const [index, step] of steps.entries()) {
      disk.take(step);
      if (step.kind === 'sync-failed') hasFailed = true;
      if (step.kind === 'acknowledge') acknowledged.push(step);
      const isLast = index === steps.length - 1;
      if (!isLast && !(hasFailed && step.kind === 'acknowledge')) continue;
      const folder = join(scratch, `cut-${index}`);
      disk.writeTo(folder, 'lost', new Random(this.#seed));
      this.#counts.cuts += 1;
      await this.#judge(
        folder,
        { ...told, acknowledged: [...acknowledged] },
        `${where}, power cut after step ${index + 1}`,
      );
    }
  }

  async #judge(folder: string, told: Told, where: string): Promise<void> {
    const { lost, refusedFound, isKeyLost, why } = await judgeRun(folder, told, isSealedWork(this.#seed));
    this.#counts.acknowledgedRows += told.acknowledged.length;
    this.#counts.lostRows += lost;
    this.#counts.refusedFound += refusedFound;
    if (isKeyLost) this.#counts.lostKeys += 1;
    if (why !== null) this.#failures.push(`${where}: ${why}`);
  }
}

/** Rows and refusals in what a writer said, behind what was told before. */
function toldBy(said: readonly string[], before: Told): Told {
  const words = said.map((line) => line.split(' '));
  const acknowledged = words.flatMap(([word, seq, hash = '']) => (word === 'ack' ? [{ seq: Number(seq), hash }] : []));
  const refused = words.flatMap(([word, label = '']) => (word === 'refused' ? [label] : []));
  return { acknowledged: [...before.acknowledged, ...acknowledged], refused: new Set(refused) };
}

/** A folder that is on the disk, as it came there. */
function* stepsThatMake(folder: string): Generator<DiskStep> {
  yield { kind: 'mkdir', path: '' };
  yield { kind: 'sync', path: '..' };
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => a.parentPath.length - b.parentPath.length)) {
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length + 1);
    yield { kind: entry.isDirectory() ? 'mkdir' : 'create', path };
    yield { kind: 'sync', path: entry.parentPath.slice(folder.length + 1) };
    if (entry.isDirectory()) continue;
    yield { kind: 'write', path, offset: 0, bytes: readFileSync(file) };
    yield { kind: 'sync', path };
  }
}

/** A run as it is while nothing fails, and what there is to fail in it. */
export interface Recorded {
  readonly work: Work;
  readonly told: Told;
  readonly steps: readonly DiskStep[];
  /** Calls by name, as many as the thread makes that makes most of them. */
  readonly calls: readonly (readonly [Call, number])[];
}

type Plan = Pick<Work, 'seed' | 'name' | 'rows' | 'folder' | 'before'>;

/** @param only names that count @default everything that the run writes to */
async function recorded(plan: Plan, scratch: string, only?: readonly string[]): Promise<Recorded> {
  if (plan.folder !== null) cpSync(plan.folder, recordIn(scratch), { recursive: true });
  const { trace, said, problem } = await runWriter({ ...plan, work: scratch, names: null }, null);
  const told = toldBy(said, plan.before);
  if (problem !== null || told.refused.size > 0) throw new Error(`the recording failed: ${problem ?? said.join(', ')}`);
  const all = trace.steps.flatMap((step) => (step.kind === 'acknowledge' ? [] : [step.path]));
  const names = [...new Set(only ?? all)];
  const work: Work = { ...plan, names, isWhole: only === undefined };
  return {
    work,
    told,
    steps: trace.steps,
    calls: CALLS.map((call) => [call, trace.mostCalls(call, new Set(names))] as const),
  };
}

/** The runs of one station, recorded while nothing fails. */
export interface Recordings extends Disposable {
  readonly works: readonly Recorded[];
}

/** @param withLongLog also a run in which the log goes back into the file; there only the calls to that file */
export async function recordRuns(seed: number, withLongLog: boolean): Promise<Recordings> {
  const folders = new DisposableStack();
  const scratch = (): string => folders.use(scratchFolder()).path;
  const base = scratch();
  const first = await recorded({ seed, name: 'first', rows: FEW, folder: null, before: NOTHING_TOLD }, base);
  const later = { seed, folder: recordIn(base), before: first.told };
  const works = [first, await recorded({ ...later, name: 'second', rows: FEW }, scratch())];
  if (withLongLog) works.push(await recorded({ ...later, name: 'third', rows: MANY }, scratch(), ['record.db']));
  return { works, [Symbol.dispose]: () => folders.dispose() };
}

/** Each call of the recordings, once alone and once with all that follow, in an order of chance. */
export function trialsOf({ works }: Recordings, random: Random): Trial[] {
  const trials = works.flatMap(({ work, calls }) =>
    calls.flatMap(([call, count]) =>
      Array.from({ length: count }, (_, index) =>
        [false, true].map((isLasting): Trial => {
          const error = random.chance(0.5) ? 'EIO' : 'ENOSPC';
          return { work, injection: { call, error, nth: index + 1, isLasting } };
        }),
      ).flat(),
    ),
  );
  return random.shuffled(trials);
}

/**
 * answers each call that brings anything to the disk with an error instead of doing it: in a first start, a later
 * one, and a run whose log goes back into the file. Then opens what is left, as it stands and as a power cut leaves it.
 * @param points runs at most; fewer than there are, are drawn
 */
export async function runIoErrors(
  points: number,
  seed: number,
  onProgress: (sentence: string) => void,
): Promise<IoErrorSummary> {
  const started = performance.now();
  using recordings = await recordRuns(seed, true);
  const trials = trialsOf(recordings, new Random(seed));
  const calls: Record<string, number> = {};
  for (const [call, count] of recordings.works.flatMap((each) => each.calls)) calls[call] = (calls[call] ?? 0) + count;
  const left = trials.slice(0, points);
  const all = new IoErrors(seed);
  const work = async (): Promise<void> => {
    for (let trial = left.pop(); trial !== undefined; trial = left.pop()) {
      await all.run(trial);
      const { runs, injected, lostRows, failures } = all.counts;
      if (runs % PROGRESS_EVERY > 0) continue;
      onProgress(
        `${runs} of ${runs + left.length} runs, ${injected} errors, ${lostRows} rows lost, ${failures.length} failures`,
      );
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const seconds = Math.round((performance.now() - started) / 1000);
  return { seed, calls, trials: trials.length, ...all.counts, seconds };
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../db/test-kit.ts';
import { Random } from '../chaos/random.ts';
import { startWriter } from '../faults/record-kit.ts';
import { Disk, type PowerCut } from './disk.ts';
import { type Acknowledged, failureOf } from './judge.ts';
import { scratchFolder } from './scratch.ts';
import { isSealedWork } from './seal.ts';
import { type DiskStep, recordTrace } from './trace.ts';

export interface TortureSummary {
  readonly seed: number;
  readonly points: number;
  readonly killed: number;
  readonly lost: number;
  readonly torn: number;
  /** Processes that were really killed, beside the simulated ones. */
  readonly sigkill: number;
  /** Acknowledged rows at all points together. */
  readonly acknowledgedRows: number;
  readonly lostRows: number;
  /** One sentence for each point at which anything was lost, damaged, or could not go on. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

/** Points in one recording of a working station. */
const POINTS_EACH = 500;
/** One in so many points is a process that is really killed. */
const REAL_KILL_EVERY = 50;
const CUTS: readonly PowerCut[] = ['killed', 'lost', 'torn', 'torn'];

/** What a station writes in three runs, for one seed. */
export async function recordWork(seed: number): Promise<readonly DiskStep[]> {
  using work = scratchFolder();
  return await recordTrace(work.path, seed);
}

export class Torture {
  readonly #random: Random;
  readonly #counts = { killed: 0, lost: 0, torn: 0, sigkill: 0, acknowledgedRows: 0, lostRows: 0 };
  readonly #failures: string[] = [];

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  get counts() {
    return { ...this.#counts, failures: this.#failures };
  }

  /** Power cuts at `points` moments of the recording that `seed` made. */
  async cutPower(steps: readonly DiskStep[], points: number, seed: number, name = `seed ${seed}`): Promise<void> {
    const moments = Array.from({ length: points }, () => this.#random.between(1, steps.length));
    await this.cutAt(steps, moments, seed, name);
  }

  /** Power cuts after the steps of these numbers, from 1. @param cut @default any, by chance */
  async cutAt(
    steps: readonly DiskStep[],
    moments: readonly number[],
    seed: number,
    name: string,
    only?: PowerCut,
  ): Promise<void> {
    using work = scratchFolder();
    const disk = new Disk();
    let last: Acknowledged = { seq: 0, hash: '' };
    let done = 0;
    for (const moment of moments.toSorted((a, b) => a - b)) {
      for (; done < moment; done += 1) {
        const step = steps[done];
        if (step === undefined) break;
        disk.take(step);
        if (step.kind === 'acknowledge') last = step;
      }
      const cut = only ?? CUTS[this.#random.between(0, CUTS.length - 1)] ?? 'lost';
      this.#counts[cut] += 1;
      const folder = join(work.path, 'cut');
      disk.writeTo(folder, cut, this.#random);
      await this.#judge(folder, last, isSealedWork(seed), `${name}, step ${moment} of ${steps.length}, ${cut}`);
      rmSync(folder, { recursive: true });
    }
  }

  /** A process that is really killed, at a moment that nobody chose. */
  async kill(): Promise<void> {
    using work = temporaryFolder();
    const writer = startWriter(work.path);
    await writer.line;
    await new Promise((resolve) => setTimeout(resolve, this.#random.between(0, 150)));
    await writer.kill();
    this.#counts.sigkill += 1;
    await this.#judge(work.path, { seq: writer.seen(), hash: '' }, false, 'SIGKILL');
  }

  async #judge(folder: string, last: Acknowledged, isSealed: boolean, where: string): Promise<void> {
    this.#counts.acknowledgedRows += last.seq;
    const failure = await failureOf(folder, last, isSealed);
    if (failure === null) return;
    this.#counts.lostRows += failure.lost;
    this.#failures.push(`${where}, ${last.seq} acknowledged: ${failure.why}`);
  }
}

/** cuts the power, or kills the process, at `points` random moments. The same seed cuts at the same steps. */
export async function runTorture(points: number, seed: number): Promise<TortureSummary> {
  const started = performance.now();
  const torture = new Torture(seed);
  const kills = Math.floor(points / REAL_KILL_EVERY);
  for (let kill = 0; kill < kills; kill += 1) await torture.kill();
  for (let left = points - kills, part = seed; left > 0; left -= POINTS_EACH, part += 1) {
    await torture.cutPower(await recordWork(part), Math.min(POINTS_EACH, left), part);
  }
  return { seed, points, ...torture.counts, seconds: Math.round((performance.now() - started) / 1000) };
}

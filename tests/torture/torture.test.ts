import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../db/test-kit.ts';
import { Random } from '../chaos/random.ts';
import { Disk } from './disk.ts';
import { CERTAIN_CUTS, cutEveryPrefix, distinctMoments } from './every-prefix.ts';
import { recordWork, Torture } from './run-torture.ts';
import { type DiskStep, tracingProblem } from './trace.ts';

const problem = tracingProblem();
if (problem !== null) process.stderr.write(`skipped: simulated power cuts, because ${problem}\n`);

/** Names and content of all that is in a folder. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    hash.update(`${path.slice(folder.length)}\0`);
    if (entry.isFile()) hash.update(createHash('sha256').update(readFileSync(path)).digest());
  }
  return hash.digest('hex');
}

/** Under strace, on a machine that does something else too. */
const RECORDING_WITHIN = 170_000;

/** Steps of the disk behind the first acknowledged row that are cut one by one. */
const STEPS_BEHIND = 250;

/** Every so many of the prefixes that leave another disk; `npm run torture -- --every-prefix` takes all. */
const EVERY = 25;

/** Steps over which the disks of all prefixes are compared. */
const STEPS_COMPARED = 400;

describe.skipIf(problem !== null)('R-8.2: a power cut or a kill at any moment', () => {
  let work: readonly DiskStep[] = [];

  beforeAll(async () => {
    work = await recordWork(20);
  }, RECORDING_WITHIN);

  test('loses no acknowledged row, damages nothing, fits its anchor, and the record goes on', async () => {
    const torture = new Torture(20);
    await torture.kill();
    await torture.cutPower(work, 59, 20);
    const { failures, lostRows, acknowledgedRows, ...counts } = torture.counts;
    expect(failures).toEqual([]);
    expect(lostRows).toBe(0);
    expect(counts.killed + counts.lost + counts.torn + counts.sigkill).toBe(60);
    expect(acknowledgedRows).toBeGreaterThan(5_000);
  });

  test('loses no key, no people and no row at any step of the first start and of the first rows', async () => {
    const torture = new Torture(24);
    const first = work.findIndex(({ kind }) => kind === 'acknowledge');
    expect(first).toBeGreaterThan(30);
    const moments = Array.from({ length: first + STEPS_BEHIND }, (_, step) => step + 1);
    await torture.cutAt(work, moments, 20, 'each step', 'lost');
    expect(torture.counts.failures).toEqual([]);
  });

  test('loses nothing at prefixes of the whole recording that nobody drew by lot', async () => {
    const torture = new Torture(26);
    await cutEveryPrefix(torture, work, 20, EVERY);
    const { failures, killed, lost } = torture.counts;
    expect(failures).toEqual([]);
    expect([killed, lost]).toEqual(CERTAIN_CUTS.map((cut) => Math.ceil(distinctMoments(work, cut).length / EVERY)));
    expect(killed + lost).toBeGreaterThan(100);
  });

  test.each(CERTAIN_CUTS)('leaves out no prefix whose disk is another than the one after it: %s', (cut) => {
    using scratch = temporaryFolder();
    const disk = new Disk();
    const steps = work.slice(0, STEPS_COMPARED);
    const moments = new Set(distinctMoments(steps, cut));
    const digests = steps.map((step, index) => {
      disk.take(step);
      const folder = join(scratch.path, String(index));
      disk.writeTo(folder, cut, new Random(1));
      const digest = digestOf(folder);
      rmSync(folder, { recursive: true });
      return digest;
    });
    const others = digests.flatMap((digest, index) => (digest === digests[index + 1] ? [] : [index + 1]));
    expect(others.filter((moment) => !moments.has(moment))).toEqual([]);
    expect(moments.size).toBeLessThan(steps.length);
  });

  test('is found out where the folder of the record is no name on the disk', async () => {
    const torture = new Torture(25);
    const worse = work.filter((step) => step.kind !== 'sync' || step.path !== '..');
    expect(worse.length).toBeLessThan(work.length);
    await torture.cutPower(worse, 5, 20, 'without ..');
    expect(torture.counts.lostRows).toBeGreaterThan(0);
  });

  /** What the torture says of a station that leaves these syncs out. */
  async function without(seed: number, path: string) {
    const torture = new Torture(seed);
    const worse = work.filter((step) => step.kind !== 'sync' || step.path !== path);
    expect(worse.length).toBeLessThan(work.length);
    await torture.cutPower(worse, 15, 20, `without ${path}`);
    return torture.counts;
  }

  test('is found out where the log is not synced: rows are lost, and the anchor is ahead of the record', async () => {
    const { lostRows, failures } = await without(21, 'record.db-wal');
    expect(lostRows).toBeGreaterThan(0);
    expect(failures.join()).toMatch(/the anchor of this computer: it proves \d+ rows, and the record has/);
  });

  test('is found out where folders are not synced', async () => {
    expect((await without(22, '')).failures).not.toEqual([]);
  });

  test('is found out where an anchor gets its name before its content is on the disk', async () => {
    expect((await without(23, 'anchor/anchor.new')).failures.join()).toContain('an anchor is torn');
  });
});

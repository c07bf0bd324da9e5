import { beforeAll, describe, expect, test } from 'vitest';
import { recordWork, Torture } from './run-torture.ts';
import { type DiskStep, tracingProblem } from './trace.ts';

const problem = tracingProblem();
if (problem !== null) process.stderr.write(`skipped: simulated power cuts, because ${problem}\n`);

/** Under strace, on a machine that does something else too. */
const RECORDING_WITHIN = 170_000;

/** Steps of the disk behind the first acknowledged row that are cut one by one. */
const STEPS_BEHIND = 250;

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

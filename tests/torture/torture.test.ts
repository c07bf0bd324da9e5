import { beforeAll, describe, expect, test } from 'vitest';
import { recordWork, Torture } from './run-torture.ts';
import { type DiskStep, tracingProblem } from './trace.ts';

const problem = tracingProblem();
if (problem !== null) process.stderr.write(`skipped: simulated power cuts, because ${problem}\n`);

/** Under strace, on a machine that does something else too. */
const RECORDING_WITHIN = 170_000;

describe.skipIf(problem !== null)('R-8.2: a power cut or a kill at any moment', () => {
  let work: readonly DiskStep[] = [];

  beforeAll(async () => {
    work = await recordWork(20);
  }, RECORDING_WITHIN);

  test('loses no acknowledged row, damages nothing, fits its anchor, and the record goes on', async () => {
    const torture = new Torture(20);
    await torture.kill();
    await torture.cutPower(work, 59, 'seed 20');
    const { failures, lostRows, acknowledgedRows, ...counts } = torture.counts;
    expect(failures).toEqual([]);
    expect(lostRows).toBe(0);
    expect(counts.killed + counts.lost + counts.torn + counts.sigkill).toBe(60);
    expect(acknowledgedRows).toBeGreaterThan(5_000);
  });

  /** What the torture says of a station that leaves these syncs out. */
  async function without(seed: number, path: string) {
    const torture = new Torture(seed);
    const worse = work.filter((step) => step.kind !== 'sync' || step.path !== path);
    expect(worse.length).toBeLessThan(work.length);
    await torture.cutPower(worse, 15, `without ${path}`);
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

import { describe, expect, test } from 'vitest';
import { runTorture } from './run-torture.ts';
import { tracingProblem } from './trace.ts';

const problem = tracingProblem();
if (problem !== null) process.stderr.write(`skipped: simulated power cuts, because ${problem}\n`);

describe.skipIf(problem !== null)('R-8.2: a power cut or a kill at any moment', () => {
  test('loses no acknowledged row, damages nothing, and the record goes on', async () => {
    const { failures, lostRows, ...counts } = await runTorture(60, 20);
    expect(failures).toEqual([]);
    expect(lostRows).toBe(0);
    expect(counts.killed + counts.lost + counts.torn + counts.sigkill).toBe(60);
    expect(counts.acknowledgedRows).toBeGreaterThan(5_000);
  });

  test('is found out where the log is not synced', async () => {
    const { lostRows } = await runTorture(15, 21, (steps) =>
      steps.filter(({ kind, path }) => kind !== 'sync' || path !== 'record.db-wal'),
    );
    expect(lostRows).toBeGreaterThan(0);
  });

  test('is found out where folders are not synced', async () => {
    const { failures } = await runTorture(15, 22, (steps) =>
      steps.filter(({ kind, path }) => kind !== 'sync' || path !== ''),
    );
    expect(failures.length).toBeGreaterThan(0);
  });
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../drivers/kit/app-error.ts';
import { ChairBench, settle } from './chair-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a command whose intent took so long that the signs are stale is not sent', async () => {
  const bench = new ChairBench();
  bench.arm();
  await settle();
  const { promise, resolve } = Promise.withResolvers<void>();
  bench.trail.hold = promise;
  expect(bench.start().accepted).toBe(true);
  bench.advance(4000);
  resolve();
  await settle();
  expect(bench.host.kinds()).not.toContain('program');
  expect(bench.trail.acts()).toContain('pump.program.withdrawn');
  expect(bench.chair.state.pending).toBeNull();
});

test.each<[string, (bench: ChairBench) => unknown, string]>([
  ['the sound was lost', (bench) => bench.chair.sound(false), 'No screen proves that its alarms can be heard.'],
  ['the library expired', (bench) => expire(bench), 'The drug library is not signed, whole and of today'],
  ['the signs were disturbed', (bench) => bench.vitals(null), 'The vital signs have not been steady'],
])('a command is not sent when %s while its intent was written; record and screen say why', async (_, lose, why) => {
  const bench = new ChairBench();
  bench.arm();
  await settle();
  const { promise, resolve } = Promise.withResolvers<void>();
  bench.trail.hold = promise;
  bench.start();
  lose(bench);
  resolve();
  await settle();
  expect(bench.host.kinds()).not.toContain('program');
  expect(bench.trail.rows.find(({ act }) => act === 'pump.program.withdrawn')?.reason).toMatch(/^[a-z]+( [a-z]+)+/);
  expect(bench.chair.frame().session?.withdrawnBecause).toContain(why);
  expect(bench.chair.frame().alarms.map(({ id }) => id)).toContain('start-withdrawn');
  bench.chair.sound(true);
  bench.libraryProblem = null;
  bench.pass(32, 'stopped');
  expect(bench.start().accepted).toBe(true);
  expect(bench.chair.frame().session?.withdrawnBecause).toBeNull();
});

function expire(bench: ChairBench): void {
  bench.libraryProblem = 'expired';
  bench.chair.tick();
}

test('a stop that came first is why a command was not sent', async () => {
  const bench = new ChairBench();
  bench.arm();
  await settle();
  const { promise, resolve } = Promise.withResolvers<void>();
  bench.trail.hold = promise;
  bench.start();
  bench.chair.operate({ kind: 'stop', by: null, reason: 'STOP pressed' }, { act: 'chair.stop', by: null });
  resolve();
  await settle();
  const row = bench.trail.rows.find(({ act }) => act === 'pump.program.withdrawn');
  expect(row).toMatchObject({ reason: 'a stop came first' });
});

test('a command whose intent could not be written says so: nothing was sent, and what to do (R-4.2)', async () => {
  const bench = new ChairBench();
  bench.arm();
  await settle();
  bench.trail.failure = new AppError('RECORD_FULL', 'The disk is full.');
  bench.start();
  await settle();
  expect(bench.host.kinds()).not.toContain('program');
  const { session, alarms } = bench.chair.frame();
  expect(session?.withdrawnBecause).toMatch(/nothing was sent to the pump\. Check the disk/);
  expect(alarms.map(({ id }) => id)).toContain('start-withdrawn');
  expect(alarms.map(({ id }) => id)).not.toContain('command-refused');
});

import { expect, test } from 'vitest';
import { GuardBench, permitOf } from './guard-bench.ts';

test('a program from before the line was lost is not started: another pump may hang on it now', () => {
  const bench = new GuardBench();
  bench.read('stopped');
  bench.guard.permit(permitOf(1));
  expect(bench.program(1)).toBeNull();
  bench.guard.lost();
  bench.read('stopped');
  bench.guard.permit(permitOf(1));
  expect(bench.guard.mayStart(1)).toBe('guard-not-programmed');
});

test('a permit from before the line was lost gives no leave: its ceiling is a figure of a counter that may be cleared', () => {
  const bench = new GuardBench();
  bench.read('stopped', { counter: 4_000 });
  bench.guard.permit(permitOf(1));
  bench.guard.lost();
  bench.read('stopped', { counter: 0 });
  expect(bench.program(1, 10_000, 5_000)).toBe('guard-no-permit');
});

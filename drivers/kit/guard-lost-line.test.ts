import { expect, test } from 'vitest';
import { GuardBench, permitOf } from './guard-bench.ts';

test('a program from before the line was lost is not started: another pump may hang on it now', () => {
  const bench = new GuardBench();
  bench.read('stopped');
  bench.guard.permit(permitOf(1));
  expect(bench.program(1)).toBeNull();
  bench.guard.lost();
  bench.read('stopped');
  expect(bench.guard.mayStart(1)).toBe('guard-not-programmed');
});

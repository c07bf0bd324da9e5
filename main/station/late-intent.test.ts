import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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

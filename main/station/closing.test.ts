import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChairBench, settle } from './chair-bench.ts';

describe('a station that is closed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('stops what runs, at once', async () => {
    const bench = new ChairBench();
    bench.arm();
    bench.start();
    await settle();
    bench.confirm(1);
    await settle();
    bench.confirm(2);
    bench.pass(1, 'infusing');
    await settle();
    expect(bench.chair.state.phase).toBe('infusing');
    bench.chair.stopForClosing();
    expect(bench.host.kinds().at(-1)).toBe('stop');
    expect(bench.chair.state.phase).toBe('paused');
  });

  test('stops what is being started', async () => {
    const bench = new ChairBench();
    bench.arm();
    bench.start();
    await settle();
    bench.chair.stopForClosing();
    expect(bench.host.kinds().at(-1)).toBe('stop');
  });

  test('has nothing to stop where nothing runs', () => {
    const bench = new ChairBench();
    bench.arm();
    bench.chair.stopForClosing();
    expect(bench.host.kinds()).not.toContain('stop');
  });
});

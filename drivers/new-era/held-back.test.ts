import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect, finish, PROGRAM } from './test-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function ready() {
  const bench = connect();
  await finish(bench.driver.identify());
  await finish(bench.driver.status());
  return bench;
}

describe('what raises, when its permission ends while it waits (R-4.1),', () => {
  test('is not programmed any further', async () => {
    const { driver, pump, sent, permission } = await ready();
    pump.fault({ kind: 'delay', milliseconds: 5 });
    const programming = driver.configure(PROGRAM);
    while (!sent.includes('PHN1')) await vi.advanceTimersByTimeAsync(1);
    permission.holds = false;
    const [programmed, before] = [finish(programming), sent.length];
    expect((await programmed).kind).toBe('unknown');
    expect(sent).toHaveLength(before);
  });

  test('is not started: no RUN leaves behind a question that took long', async () => {
    const { driver, pump, sent, permission } = await ready();
    expect(await finish(driver.configure(PROGRAM))).toEqual({ kind: 'confirmed' });
    pump.fault({ kind: 'delay', milliseconds: 200 });
    const asked = driver.status();
    const starting = driver.start();
    await vi.advanceTimersByTimeAsync(100);
    permission.holds = false;
    await finish(asked);
    expect((await finish(starting)).kind).toBe('unknown');
    expect(sent).not.toContain('RUN');
    expect(pump.truth().delivering).toBe(false);
  });
});

test('questions and a stop need no permission', async () => {
  const { driver, sent, permission } = await ready();
  permission.holds = false;
  expect(await finish(driver.status())).not.toBeNull();
  expect(await finish(driver.stop())).toEqual({ kind: 'confirmed' });
  expect(sent).toContain('STP');
});

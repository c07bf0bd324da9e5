import { execFileSync } from 'node:child_process';
import { uptime } from 'node:os';
import { describe, expect, test } from 'vitest';
import { clockThroughSleep, monotonicClock } from './clock.ts';

describe('a clock through sleep (R-7.21)', () => {
  test('is the monotonic clock on a machine that never slept, however coarse the time since its start', () => {
    let time = 10_007;
    const clock = clockThroughSleep(
      () => time,
      () => Math.floor(time / 10) * 10,
    );
    for (; time < 10_100; time += 3) expect(clock.now()).toBe(time);
  });

  test('counts the hour that the lid was closed as an hour', () => {
    let monotonic = 50_000;
    let boot = 50_000;
    const clock = clockThroughSleep(
      () => monotonic,
      () => boot,
    );
    const before = clock.now();
    boot += 3_600_000;
    expect(clock.now() - before).toBe(3_600_000);
    monotonic += 500;
    boot += 500;
    expect(clock.now() - before).toBe(3_600_500);
  });

  test('does not take a process that was held up between its two questions for a machine that slept', () => {
    let time = 5000;
    let heldUp = 0;
    const clock = clockThroughSleep(
      () => {
        time += heldUp;
        return time;
      },
      () => time,
    );
    expect(clock.now()).toBe(5000);
    heldUp = 4000;
    expect(clock.now()).toBe(9000);
    heldUp = 0;
    expect(clock.now()).toBe(9000);
  });

  test('never runs back', () => {
    const boots = [9000, 20_000, 11_000, 11_001];
    const times = [1000, 1001, 1002, 1003];
    const clock = clockThroughSleep(
      () => times.shift() ?? 0,
      () => boots.shift() ?? 0,
    );
    const told = [clock.now(), clock.now(), clock.now(), clock.now()];
    expect(told).toEqual(told.toSorted((one, other) => one - other));
  });
});

test.runIf(process.platform === 'linux')('two processes of one machine tell the same time', () => {
  const script = `import('${new URL('./clock.ts', import.meta.url).href}').then((kit) => console.log(kit.monotonicClock.now()))`;
  const before = monotonicClock.now();
  const other = Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
  expect(other).toBeGreaterThanOrEqual(before - 20);
  expect(other).toBeLessThanOrEqual(monotonicClock.now() + 20);
  expect(monotonicClock.now()).toBeGreaterThanOrEqual(Math.floor(uptime() * 1000) - 20);
});

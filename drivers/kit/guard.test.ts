import { describe, expect, test } from 'vitest';
import { GuardBench, permitOf } from './guard-bench.ts';
import type { GuardTrip } from './guard.ts';

describe('leave to program and start', () => {
  test('is denied without a permit', () => {
    const bench = new GuardBench();
    bench.read('stopped');
    expect(bench.program(1)).toBe('guard-no-permit');
    expect(bench.guard.mayStart(1)).toBe('guard-no-permit');
  });

  test('is denied for another epoch, to the newer and to the older', () => {
    const bench = new GuardBench();
    bench.read('stopped');
    bench.guard.permit(permitOf(2));
    expect(bench.program(1)).toBe('guard-other-epoch');
    expect(bench.program(3)).toBe('guard-other-epoch');
  });

  test('is denied before the pump was read', () => {
    const bench = new GuardBench();
    bench.guard.permit(permitOf(1));
    expect(bench.program(1)).toBe('guard-no-reading');
    expect(bench.guard.mayStart(1)).toBe('guard-no-reading');
  });

  test('is denied above a ceiling, and for zero, which can mean endless', () => {
    const bench = new GuardBench();
    bench.read('stopped', { counter: 1_000 });
    bench.guard.permit(permitOf(1));
    expect(bench.program(1, 10_001, 1)).toBe('guard-rate');
    expect(bench.program(1, 0, 1)).toBe('guard-rate');
    expect(bench.program(1, 10_000, 4_001)).toBe('guard-volume');
    expect(bench.program(1, 10_000, 0)).toBe('guard-volume');
    expect(bench.program(1, 10_000, 4_000)).toBeNull();
  });

  test('is denied to a start that no program of the same epoch went before', () => {
    const bench = new GuardBench();
    bench.read('stopped');
    bench.guard.permit(permitOf(1));
    expect(bench.guard.mayStart(1)).toBe('guard-not-programmed');
    bench.program(1);
    bench.guard.permit(permitOf(2));
    expect(bench.guard.mayStart(2)).toBe('guard-not-programmed');
  });

  test('is denied to a second start of one program, and to a start after a stop', () => {
    const bench = new GuardBench();
    bench.read('stopped');
    bench.guard.permit(permitOf(1));
    expect(bench.program(1)).toBeNull();
    expect(bench.guard.mayStart(1)).toBeNull();
    expect(bench.guard.mayStart(1)).toBe('guard-not-programmed');
    bench.read('stopped');
    expect(bench.program(1)).toBeNull();
    bench.guard.stop();
    bench.read('stopped');
    bench.guard.permit(permitOf(1));
    expect(bench.guard.mayStart(1)).toBe('guard-not-programmed');
  });

  test('ends with the lifetime, and no permit lives longer than 10 s', () => {
    const bench = new GuardBench();
    bench.read('stopped');
    bench.guard.permit(permitOf(1, 3_600_000));
    bench.time += 9_999;
    expect(bench.program(1)).toBeNull();
    bench.time += 1;
    expect(bench.program(1)).toBe('guard-no-permit');
  });
});

describe('a trip', () => {
  test.each<[GuardTrip, (bench: GuardBench) => void]>([
    ['rate-above-ceiling', (bench) => bench.read('infusing', { rate: 10_001 })],
    ['counter-above-ceiling', (bench) => bench.read('infusing', { counter: 5_001 })],
    [
      'counter-went-back',
      (bench) => {
        bench.read('infusing', { counter: 400 });
        bench.read('infusing', { counter: 10 });
      },
    ],
    ['state-not-permitted', (bench) => bench.read('purging')],
    ['state-not-permitted', (bench) => bench.read('withdrawing')],
    ['permit-expired', (bench) => bench.pass(3_100)],
    [
      'permit-expired',
      (bench) => {
        bench.time += 3_000;
        bench.read('infusing');
      },
    ],
    ['pump-line-lost', (bench) => bench.guard.lost()],
    ['main-gone', (bench) => bench.guard.trip('main-gone')],
  ])('follows %s and stops the pump at once', (reason, cause) => {
    const bench = new GuardBench().running();
    cause(bench);
    expect(bench.trips).toEqual([reason]);
    expect(bench.stops).toBe(1);
  });

  test.each(['infusing', 'waiting', 'purging', 'withdrawing'] as const)('follows a pump found %s', (state) => {
    const bench = new GuardBench();
    bench.read(state);
    expect(bench.trips).toEqual(['delivering-without-permit']);
    expect(bench.stops).toBe(1);
  });

  test('follows when the permit expires after a start that no reading has shown yet', () => {
    const bench = new GuardBench();
    bench.read('stopped');
    bench.guard.permit(permitOf(1));
    bench.program(1);
    bench.guard.mayStart(1);
    bench.read('stopped', { askedAt: bench.time });
    bench.pass(3_100);
    expect(bench.trips).toEqual(['permit-expired']);
  });

  test('does not follow an expired permit of a pump that is read as stopped', () => {
    const bench = new GuardBench().running();
    bench.read('stopped');
    bench.pass(4_000);
    expect(bench.trips).toEqual([]);
  });

  test('repeats the stop until a reading asked for after it shows no delivery', () => {
    const bench = new GuardBench().running();
    const before = bench.time;
    bench.guard.trip('main-gone');
    bench.pass(3_000);
    expect(bench.stops).toBeGreaterThanOrEqual(10);
    bench.read('stopped', { askedAt: before });
    expect(bench.guard.mayBeDelivering).toBe(true);
    bench.read('infusing');
    expect(bench.guard.mayBeDelivering).toBe(true);
    bench.read('paused');
    expect(bench.guard.mayBeDelivering).toBe(false);
    const stops = bench.stops;
    bench.pass(3_000);
    expect(bench.stops).toBe(stops);
  });

  test('on a lost line stops the pump as soon as it is back, and is not settled before', () => {
    const bench = new GuardBench().running();
    bench.connected = false;
    bench.guard.lost();
    bench.read('stopped');
    expect(bench.guard.mayBeDelivering).toBe(true);
    bench.connected = true;
    bench.pass(400);
    expect(bench.stops).toBeGreaterThanOrEqual(1);
    bench.read('stopped');
    expect(bench.guard.mayBeDelivering).toBe(false);
  });

  test('voids the permit: a renewal during or after it starts nothing, and the old one is gone', () => {
    const bench = new GuardBench().running();
    bench.guard.trip('main-gone');
    bench.guard.permit(permitOf(1));
    expect(bench.guard.mayStart(1)).toBe('guard-stopping');
    bench.read('stopped');
    expect(bench.guard.mayStart(1)).toBe('guard-no-permit');
    bench.guard.permit(permitOf(1));
    expect(bench.guard.mayBeDelivering).toBe(false);
  });
});

test('a stop from main goes out on each of 100 repeats and reports no trip', () => {
  const bench = new GuardBench().running();
  for (let repeat = 0; repeat < 100; repeat += 1) bench.guard.stop();
  expect(bench.stops).toBe(100);
  expect(bench.trips).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import type { Microlitre, MicrolitrePerHour, Millisecond } from '../../core/units.ts';
import { GuardBench, permitOf } from './guard-bench.ts';

const rate = 10_000 as MicrolitrePerHour;
const volume = 5_000 as Microlitre;

/** A guard that has read a pump at rest and holds a permit of 10 mL/h and 5 mL. */
function permitted(): GuardBench {
  const bench = new GuardBench();
  bench.read('stopped');
  bench.guard.permit(permitOf(1));
  return bench;
}

const NO_FIGURES: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0.5,
  2 ** 53,
  '5000',
  null,
  undefined,
  [1],
];

describe('what is no figure (R-4.1)', () => {
  test.each(NO_FIGURES)('as rate, volume or epoch of a program is refused: %s', (figure) => {
    const { guard } = permitted();
    expect(guard.mayProgram(1, figure as MicrolitrePerHour, volume)).toBe('guard-rate');
    expect(guard.mayProgram(1, rate, figure as Microlitre)).toBe('guard-volume');
    expect(guard.mayProgram(figure as number, rate, volume)).toBe('guard-other-epoch');
  });

  test.each(NO_FIGURES)('as part of a permit permits nothing, and ends the permit before it: %s', (figure) => {
    const parts = { epoch: 1, ceilingRate: rate, ceilingCounter: volume, lifetime: 3_000 as Millisecond };
    for (const part of ['epoch', 'ceilingRate', 'ceilingCounter', 'lifetime']) {
      const bench = permitted();
      bench.guard.permit({ ...parts, [part]: figure });
      expect(bench.program(1, 100, 10)).toBe('guard-no-permit');
    }
  });
});

describe('a permit that shrank or ended after it let something through (R-4.1)', () => {
  const SHRUNK = {
    'of a lower rate': { ceilingRate: 9_999 as MicrolitrePerHour },
    'of a lower counter': { ceilingCounter: 4_999 as Microlitre },
    'of another epoch': { epoch: 2 },
    'that is over': { lifetime: 0 as Millisecond },
  };

  test.each(Object.entries(SHRUNK))('%s holds back what is left of the program', (_name, less) => {
    const { guard } = permitted();
    expect(guard.mayGoOn()).toBe(false);
    expect(guard.mayProgram(1, rate, volume)).toBeNull();
    expect(guard.mayGoOn()).toBe(true);
    guard.permit({ ...permitOf(1), ...less });
    expect(guard.mayGoOn()).toBe(false);
  });

  test.each(Object.entries(SHRUNK))('%s does not start what was programmed, and holds a start back', (_name, less) => {
    const bench = permitted();
    expect(bench.program(1)).toBeNull();
    bench.guard.permit({ ...permitOf(1), ...less });
    expect(bench.guard.mayStart(1)).not.toBeNull();
    bench.guard.permit(permitOf(1));
    expect(bench.guard.mayStart(1)).toBeNull();
    expect(bench.guard.mayGoOn()).toBe(true);
    bench.guard.permit({ ...permitOf(1), ...less });
    expect(bench.guard.mayGoOn()).toBe(false);
  });

  test('holds a start back as soon as it is over, before a tick has seen it', () => {
    const bench = permitted();
    bench.program(1);
    expect(bench.guard.mayStart(1)).toBeNull();
    bench.time += 3_000;
    expect(bench.guard.mayGoOn()).toBe(false);
  });
});

describe('a start (R-4.1)', () => {
  test('is denied while the program that was let through is not confirmed: the pump may hold anything', () => {
    const { guard } = permitted();
    guard.mayProgram(1, rate, volume);
    expect(guard.mayStart(1)).toBe('guard-not-programmed');
    guard.programmed();
    expect(guard.mayStart(1)).toBeNull();
  });

  test('is denied to the program before one that was let through and not confirmed', () => {
    const bench = permitted();
    bench.program(1);
    bench.guard.mayProgram(1, rate, volume);
    expect(bench.guard.mayStart(1)).toBe('guard-not-programmed');
  });

  test('is denied to a program that a stop overtook, though the pump confirms it', () => {
    const bench = permitted();
    bench.guard.mayProgram(1, rate, volume);
    bench.guard.stop();
    bench.guard.programmed();
    bench.read('stopped');
    bench.guard.permit(permitOf(1));
    expect(bench.guard.mayStart(1)).toBe('guard-not-programmed');
  });
});

describe('what is left (R-4.1)', () => {
  test('stays what is left when the counter of the pump is cleared', () => {
    const bench = permitted();
    bench.read('stopped', { counter: 4_000 });
    bench.guard.permit(permitOf(1));
    bench.read('stopped', { counter: 0 });
    expect(bench.program(1, 10_000, 1_001)).toBe('guard-volume');
    expect(bench.program(1, 10_000, 1_000)).toBeNull();
    expect(bench.guard.mayStart(1)).toBeNull();
  });

  test('is not measured by a reading of a pump that may deliver since', () => {
    const bench = new GuardBench().running();
    expect(bench.program(1, 10_000, 1_000)).toBe('guard-delivering');
    bench.read('stopped', { counter: 100 });
    expect(bench.program(1, 10_000, 1_000)).toBeNull();
  });
});

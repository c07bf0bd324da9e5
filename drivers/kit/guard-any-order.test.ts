import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PumpState } from '../../core/pump.ts';
import { GuardBench, permitOf } from './guard-bench.ts';

/** Whatever can happen to a guard. */
type Action =
  | { kind: 'permit'; epoch: number; lifetime: number }
  | { kind: 'pass'; time: number }
  | { kind: 'read'; state: PumpState; rate: number; counter: number }
  | { kind: 'program'; epoch: number; rate: number; volume: number }
  | { kind: 'start'; epoch: number }
  | { kind: 'stop' | 'lost' | 'gone' };

describe('in any order of events', () => {
  const epoch = fc.integer({ min: 1, max: 2 });
  const action: fc.Arbitrary<Action> = fc.oneof(
    fc.record({ kind: fc.constant('permit' as const), epoch, lifetime: fc.integer({ min: 1, max: 20_000 }) }),
    fc.record({ kind: fc.constant('pass' as const), time: fc.integer({ min: 1, max: 6_000 }) }),
    fc.record({
      kind: fc.constant('read' as const),
      state: fc.constantFrom<PumpState>('infusing', 'stopped', 'paused', 'purging', 'alarm', 'waiting'),
      rate: fc.integer({ min: 0, max: 12_000 }),
      counter: fc.integer({ min: 0, max: 6_000 }),
    }),
    fc.record({
      kind: fc.constant('program' as const),
      epoch,
      rate: fc.integer({ min: 0, max: 12_000 }),
      volume: fc.integer({ min: 0, max: 6_000 }),
    }),
    fc.record({ kind: fc.constant('start' as const), epoch }),
    fc.record({ kind: fc.constantFrom('stop' as const, 'lost' as const, 'gone' as const) }),
  );

  /** Says what went wrong when an action was let through; knows the permit only from what was given. */
  class Judge {
    readonly bench = new GuardBench();
    #permit: { epoch: number; until: number } | null = null;
    #counter = Number.POSITIVE_INFINITY;

    take(step: Action): string | null {
      const { bench } = this;
      const trips = bench.trips.length;
      const wrong = this.#apply(step);
      bench.guard.tick();
      if (bench.trips.length > trips) this.#permit = null;
      const unpermitted = bench.guard.mayBeDelivering && !this.#holds(null);
      return wrong ?? (unpermitted && bench.guard.mayStart(1) !== 'guard-stopping' ? 'runs without a permit' : null);
    }

    #holds(epoch: number | null): boolean {
      if (!this.#permit || this.bench.time >= this.#permit.until) return false;
      return epoch === null || this.#permit.epoch === epoch;
    }

    #apply(step: Action): string | null {
      const { bench } = this;
      switch (step.kind) {
        case 'permit':
          bench.guard.permit(permitOf(step.epoch, step.lifetime));
          this.#permit = { epoch: step.epoch, until: bench.time + Math.min(step.lifetime, 10_000) };
          return null;
        case 'pass':
          bench.time += step.time;
          return null;
        case 'read':
          bench.read(step.state, step);
          this.#counter = step.counter;
          return null;
        case 'program':
          if (bench.program(step.epoch, step.rate, step.volume) !== null) return null;
          if (!this.#holds(step.epoch)) return 'programmed without a permit';
          return step.rate > 10_000 || this.#counter + step.volume > 5_000 ? 'programmed above a ceiling' : null;
        case 'start':
          if (bench.guard.mayStart(step.epoch) !== null) return null;
          return this.#holds(step.epoch) ? null : 'started without a permit';
        case 'stop':
          bench.guard.stop();
          this.#permit = null;
          return null;
        case 'lost':
          bench.guard.lost();
          this.#counter = Number.POSITIVE_INFINITY;
          return null;
        case 'gone':
          bench.guard.trip('main-gone');
          this.#permit = null;
          return null;
      }
    }
  }

  test('nothing passes without a valid permit of its epoch, and nothing above a ceiling', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const judge = new Judge();
        expect(actions.map((step) => judge.take(step)).filter((wrong) => wrong !== null)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

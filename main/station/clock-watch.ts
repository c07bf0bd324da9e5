import type { Clock } from '../../drivers/kit/clock.ts';

/** how far wall clock and monotonic clock may drift apart between two looks before it counts as a step (ms). */
export const CLOCK_STEP = 2000;

export interface ClockStep {
  /** What the wall clock would say without the step, ISO 8601 with Z. */
  readonly expected: string;
  readonly actual: string;
  /** Whole milliseconds; negative where the clock was put back. */
  readonly stepMs: number;
}

/**
 * Notices that the wall clock was put forward or back, or went on while the computer slept. Slow corrections stay below
 * the bound and are followed. Nothing is decided by it; it is written down, so that times can be put in order.
 */
export class ClockWatch {
  readonly #clock: Clock;
  readonly #wall: () => number;
  #offset: number;

  /** @param wall wall-clock milliseconds since 1970 */
  constructor(clock: Clock, wall: () => number = Date.now) {
    this.#clock = clock;
    this.#wall = wall;
    this.#offset = wall() - clock.now();
  }

  /** The step since the last look; null where there was none. */
  look(): ClockStep | null {
    const wall = this.#wall();
    const now = this.#clock.now();
    const stepMs = Math.round(wall - now - this.#offset);
    const expected = this.#offset + now;
    this.#offset = wall - now;
    if (Math.abs(stepMs) <= CLOCK_STEP) return null;
    return { expected: new Date(expected).toISOString(), actual: new Date(wall).toISOString(), stepMs };
  }
}

import { type Millisecond, millisecond } from '../../core/units.ts';

/** Monotonic time in whole milliseconds. One time base for all processes of a machine (CLOCK_MONOTONIC). */
export interface Clock {
  now(): Millisecond;
}

export const monotonicClock: Clock = {
  now: () => millisecond(Number(process.hrtime.bigint() / 1_000_000n)),
};

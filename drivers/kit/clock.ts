import { uptime } from 'node:os';
import { type Millisecond, millisecond } from '../../core/units.ts';

/** Monotonic time in whole milliseconds. One time base for all processes of a machine. */
export interface Clock {
  now(): Millisecond;
}

/**
 * a clock that goes on while the machine sleeps, so that a closed lid is a gap that supervision sees.
 * @param awake CLOCK_MONOTONIC in ms, which stands still in sleep
 * @param sinceBoot ms since the machine was started, sleep counted in, never told too high. It is asked first: whatever
 *   holds this process up between the two questions must not look like sleep.
 */
export function clockThroughSleep(awake: () => number, sinceBoot: () => number): Clock {
  let slept = 0;
  return {
    now: () => {
      const boot = sinceBoot();
      const monotonic = awake();
      slept = Math.max(slept, boot - monotonic);
      return millisecond(monotonic + slept);
    },
  };
}

const awake = () => Number(process.hrtime.bigint() / 1_000_000n);

/** Linux alone has a monotonic clock that stands still in sleep and a second one, without effect of the wall clock, that does not. */
export const monotonicClock: Clock =
  process.platform === 'linux'
    ? clockThroughSleep(awake, () => Math.floor(uptime() * 1000))
    : { now: () => millisecond(awake()) };

import type { Millisecond } from '../units.ts';

/** Age of something that happened at `since`; what never happened is infinitely old. */
export function age(since: Millisecond | null, at: Millisecond): number {
  return since === null ? Number.POSITIVE_INFINITY : at - since;
}

/** Whether a condition that began at `since` has held for `duration`; one that does not hold (null) never has. */
export function hasLasted(since: Millisecond | null, duration: number, at: Millisecond): boolean {
  return since !== null && at - since >= duration;
}

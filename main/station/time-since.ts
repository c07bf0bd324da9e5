import type { Millisecond } from '../../core/units.ts';
import type { ClockStepRow } from '../../db/clock-steps.ts';

/** One instant by both clocks. */
export interface Instant {
  readonly wall: Date;
  readonly mono: Millisecond;
  /** What `mono` counts from (machine-boot.ts). */
  readonly boot: string;
}

/** When a row was written. */
export interface RowTime {
  readonly seq: number;
  readonly ts: string;
  readonly mono: number;
}

/**
 * How long ago a row was written (ms), so that a wall clock put forward makes nothing look older: the shortest of what the wall
 * clock says, what it would say without the steps that the station saw, and, as long as the machine was not started anew,
 * what the monotonic clock says. Negative by a wall clock that was put back since.
 * @param steps all of the record; a step while the station was off is seen by nobody
 */
export function timeSince(
  { seq, ts, mono }: RowTime,
  now: Instant,
  steps: readonly ClockStepRow[],
  isOfThisBoot: boolean,
): number {
  const byWall = now.wall.getTime() - Date.parse(ts);
  const byMachine = now.mono - mono;
  // Only what was put forward: a step back may have been a correction while the station was off.
  const steppedSince = steps.reduce((sum, step) => (step.seq > seq ? sum + step.stepMs : sum), 0);
  const byClock = byWall - Math.max(0, steppedSince);
  return isOfThisBoot && byMachine >= 0 ? Math.min(byClock, byMachine) : byClock;
}

/** A moment by both clocks of the station. */
export interface Clocked {
  /** Wall clock, ISO 8601, UTC. */
  readonly ts: string;
  /** Milliseconds of the monotonic clock of the same run. */
  readonly mono: number;
  /** Run of the station: the monotonic clock begins anew with each. */
  readonly boot: string;
}

/** Less than this is a clock being set right, not put back (ms). */
const SLACK = 1000;

/**
 * Moments in the order of the record as a reader is told them: by the wall clock, and from where it was put back on by the
 * monotonic clock, so that none lies before the one it follows. The record itself keeps both clocks as they were.
 * @param areSteady they were taken at regular times, so that the wall clock may not even lag
 */
export function toldTimes(moments: readonly Clocked[], areSteady = false): readonly string[] {
  let before: { readonly at: number; readonly mono: number; readonly boot: string } | null = null;
  return moments.map(({ ts, mono, boot }) => {
    const wall = Date.parse(ts);
    const passed: number = before?.boot === boot ? Math.max(0, mono - before.mono) : 0;
    const earliest: number = before === null ? wall : before.at + (areSteady ? passed : 0) - SLACK;
    const at: number = before === null || wall >= earliest ? wall : before.at + passed;
    // A row may tell of something that began before the row ahead of it.
    before = { at, mono: before?.boot === boot ? Math.max(before.mono, mono) : mono, boot };
    return at === wall ? ts : new Date(Math.round(at)).toISOString();
  });
}

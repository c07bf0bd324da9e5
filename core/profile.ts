import { PROPOSED_VITALS } from './proposed-vitals.ts';
import type { TierAlarm } from './tier-ranks.ts';
import { type Millisecond, millisecond } from './units.ts';
import type { Parameter } from './vitals.ts';

/** One tier of a limit on one parameter. The condition must hold for `delay` (ms) before it counts, see `delayOf`. */
export interface Tier {
  /** Says how severe the tier is, too (tier-ranks.ts). */
  readonly alarm: TierAlarm;
  /** Condition holds when the value is strictly below this; null: no lower limit. */
  readonly below: number | null;
  /** Condition holds when the value is strictly above this; null: no upper limit. */
  readonly above: number | null;
  readonly delay: Millisecond;
  /** The condition ends only when the value is this far back inside the limit. */
  readonly hysteresis: number;
  /** Counts as soon as a second reading is beyond the limit, too; after `delay` without a second one it counts as well. */
  readonly repeat?: true;
}

/** How one vital is watched. */
export interface VitalRule {
  readonly parameter: Parameter;
  /** `always`: nothing runs without it. `when-present`: from its first value in the session on its loss counts, too. */
  readonly required: 'always' | 'when-present';
  /** `intermittent`: measured now and then, by a cuff or a person. */
  readonly measured: 'continuous' | 'intermittent';
  /** Expected time between samples (ms), from which it follows when a value is stale. */
  readonly period: Millisecond;
  /** In any order; the rank of its alarm says which tier covers which. */
  readonly tiers: readonly Tier[];
}

/** Every time and limit by which the engine decides. A clinician of the site must set these; the shipped set is a proposal. */
export interface SafetyProfile {
  readonly version: string;
  readonly proposal: boolean;
  readonly vitals: readonly VitalRule[];
  /** Age of the newest valid value of a continuous vital at which the infusion is paused (R-5.1: at most 10 s). */
  readonly pauseOnLossAfter: Millisecond;
  /** How long a poor signal may hold the physiological verdict before it counts as loss (at most 10 s). */
  readonly holdPoorSignal: Millisecond;
  /** Lifetime of a run permission (R-3.1: at most 10 s). Main renews it once a second. */
  readonly permitLifetime: Millisecond;
  /** Age of the newest pump read-back at which a running pump counts as silent (R-3.3: at most 2 s). */
  readonly pumpSilentAfter: Millisecond;
  /** How often an unconfirmed stop is sent again (R-2.5: at most 1 s). */
  readonly stopRepeat: Millisecond;
  /** Unconfirmed for this long: "stop at the pump" (R-2.5: at most 3 s). */
  readonly stopAlarmAfter: Millisecond;
  /** All required vitals must have been fresh and inside their pause limits for this long before start or resume. */
  readonly steadyBeforeRun: Millisecond;
  /** Volume deviation (the larger of the two) that must last `deviationFor`. */
  readonly deviationShare: number;
  readonly deviationMicrolitres: number;
  readonly deviationFor: Millisecond;
  /** A medium alarm that nobody has acknowledged for this long is treated as high (R-6.5: 2 min). */
  readonly escalateAfter: Millisecond;
  /** A longer gap between two ticks counts as loss of supervision. */
  readonly supervisionGap: Millisecond;
  /** So many pauses of one cause within the time lock the chair until a second person signs (R-2.9: 3 in 10 min). */
  readonly repeatedPauses: number;
  readonly repeatedPausesWithin: Millisecond;
  /** Paused for this long without a break a session asks to be resumed or ended. */
  readonly idleAfter: Millisecond;
}

/** Limits proposed for a mood or pain chair: shared clinical notes 3.3, marked there as proposals. */
export const PROPOSED_PROFILE: SafetyProfile = {
  version: 'proposal-5',
  proposal: true,
  vitals: PROPOSED_VITALS,
  pauseOnLossAfter: millisecond(5000),
  holdPoorSignal: millisecond(10_000),
  permitLifetime: millisecond(3000),
  pumpSilentAfter: millisecond(2000),
  stopRepeat: millisecond(500),
  // A tick before the 3 s are over.
  stopAlarmAfter: millisecond(2800),
  steadyBeforeRun: millisecond(30_000),
  deviationShare: 0.05,
  deviationMicrolitres: 100,
  deviationFor: millisecond(10_000),
  escalateAfter: millisecond(120_000),
  supervisionGap: millisecond(2000),
  repeatedPauses: 3,
  repeatedPausesWithin: millisecond(600_000),
  idleAfter: millisecond(600_000),
};

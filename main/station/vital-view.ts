import type { EngineState, VitalState } from '../../core/engine/state.ts';
import { staleAfter } from '../../core/engine/vital-facts.ts';
import type { PatientFactors } from '../../core/patient-limits.ts';
import type { VitalRule } from '../../core/profile.ts';
import type { Millisecond } from '../../core/units.ts';
import type { ChairFrame, VitalView } from '../../preload/contract/frames.ts';
import { withZone } from './local-time.ts';

/** Stale for longer than this a value says nothing of whoever sits at the chair now; it is no longer shown at all (ms). */
const FORGET_AFTER = 57_000;
/** A parameter that the profile does not know is shown as if it came every second. */
const UNRULED = { measured: 'continuous', period: 1000 as Millisecond } as const;

/**
 * What may be shown of a vital. A value that the device itself has since withdrawn counts as stale at once, and
 * nothing stale is ever a plain number.
 */
export function vitalView(vital: VitalState, rule: VitalRule | undefined, now: Millisecond): VitalView {
  const { latest, latestValue } = vital;
  if (latestValue === null || latestValue.value === null) return { state: 'none' };
  const { value } = latestValue;
  const ageMs = Math.max(0, now - latestValue.at);
  const stale = staleAfter(rule ?? UNRULED);
  if (ageMs > stale + FORGET_AFTER) return { state: 'none' };
  if (ageMs > stale || latest?.quality === 'invalid') return { state: 'stale', value, ageMs };
  return { state: latestValue.quality === 'good' ? 'valid' : 'poor', value, ageMs };
}

/** When each reading that is taken now and then was taken, and when the next is due. */
export function measuredView(
  { vitals }: EngineState,
  rules: readonly VitalRule[],
  wallClock: Date,
  now: Millisecond,
): ChairFrame['measured'] {
  const shown = rules.flatMap(({ parameter, measured, period }) => {
    const { latestValue } = vitals[parameter];
    if (measured === 'continuous' || latestValue === null) return [];
    const ageMs = now - latestValue.at;
    return [[parameter, { takenAt: withZone(new Date(wallClock.getTime() - ageMs)), dueInMs: period - ageMs }]];
  });
  return Object.fromEntries(shown);
}

type PatientFactorsView = NonNullable<NonNullable<ChairFrame['session']>['patientFactors']>;

export function patientFactorsView({ comorbidities, baseline, reason }: PatientFactors): PatientFactorsView {
  return { comorbidities: [...comorbidities], baseline: { ...baseline }, reason };
}

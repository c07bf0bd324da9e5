import type { VitalState } from '../../core/engine/state.ts';
import type { VitalRule } from '../../core/profile.ts';
import type { Millisecond } from '../../core/units.ts';
import type { VitalView } from '../../preload/contract/frames.ts';

/** A value older than this says nothing of whoever sits at the chair now; it is no longer shown at all (ms). */
const FORGET_AFTER = 60_000;

/** stale after the larger of 3 s and three periods. */
function staleAfter(rule: Pick<VitalRule, 'period'> | undefined): number {
  return Math.max(3000, 3 * (rule?.period ?? 0));
}

/**
 * What may be shown of a vital. A value that the device itself has since withdrawn counts as stale at once, and
 * nothing stale is ever a plain number.
 */
export function vitalView(vital: VitalState, rule: VitalRule | undefined, now: Millisecond): VitalView {
  const { latest, latestValue } = vital;
  if (latestValue === null || latestValue.value === null) return { state: 'none' };
  const { value } = latestValue;
  const ageMs = Math.max(0, now - latestValue.at);
  if (ageMs > FORGET_AFTER) return { state: 'none' };
  if (ageMs > staleAfter(rule) || latest?.quality === 'invalid') return { state: 'stale', value, ageMs };
  return { state: latestValue.quality === 'good' ? 'valid' : 'poor', value, ageMs };
}

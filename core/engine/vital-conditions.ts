import type { SafetyProfile, VitalRule } from '../profile.ts';
import { type Millisecond, SECOND } from '../units.ts';
import { type Condition, condition } from './alarm-book.ts';
import { isActive, isControlled } from './facts.ts';
import type { EngineState, Phase, VitalState } from './state.ts';
import { age, hasLasted } from './time.ts';
import { crossedLimit, isFresh } from './vital-facts.ts';

/** A poor signal that lasts this long is shown as such; a single disturbed frame is not. */
const POOR_SHOWN_AFTER = 2 * SECOND;

/** The drug acts longer than it flows: a patient who is still connected stays watched, but may go. */
const AFTERWARDS: ReadonlySet<Phase> = new Set(['ended', 'interrupted']);

/** What the required vitals give reason to alarm for. Before the bedside checks nobody need be connected. */
export function vitalConditions(state: EngineState, at: Millisecond): readonly Condition[] {
  const supervised = state.phase === 'checked' || isControlled(state);
  return state.profile.vitals.flatMap((rule) => {
    const vital = state.vitals[rule.parameter];
    if (supervised) return [...technical(state, vital, rule, at), ...physiological(state, vital, rule, at)];
    const watched = AFTERWARDS.has(state.phase) && isFresh(vital, rule, at);
    return watched ? physiological(state, vital, rule, at) : [];
  });
}

function technical(state: EngineState, vital: VitalState, rule: VitalRule, at: Millisecond): readonly Condition[] {
  const found: Condition[] = [];
  if (isControlled(state) && isLost(vital, state.profile, at)) found.push(condition('vitals-lost'));
  if (!isFresh(vital, rule, at)) found.push(condition('vitals-stale'));
  if (hasLasted(vital.poorSince, POOR_SHOWN_AFTER, at)) found.push(condition('signal-poor'));
  return found;
}

/** no good value, nor one held over a poor signal, for too long; or a poor signal held for too long. */
function isLost(vital: VitalState, profile: SafetyProfile, at: Millisecond): boolean {
  const held = vital.latestGood === null ? null : vital.latestValue;
  return (
    age(held?.at ?? null, at) >= profile.pauseOnLossAfter || hasLasted(vital.poorSince, profile.holdPoorSignal, at)
  );
}

/** A tier alarms when it has held for its delay, unless a more severe one of the same vital already does. */
function physiological(state: EngineState, vital: VitalState, rule: VitalRule, at: Millisecond): readonly Condition[] {
  const { latest, latestGood } = vital;
  if (latestGood === null || latestGood.value === null) return [];
  const { value } = latestGood;
  // Until the signal is good again the verdict stays what it was at the last good sample.
  const verdictAt = latest?.quality === 'good' ? at : latestGood.at;
  const holding = rule.tiers.filter((tier, i) => hasLasted(vital.tierSince[i] ?? null, tier.delay, verdictAt));
  return holding
    .filter((tier) => tier === holding[0] || isActive(state, tier.alarm))
    .map((tier) => condition(tier.alarm, value, crossedLimit(tier, value, tier.hysteresis)));
}

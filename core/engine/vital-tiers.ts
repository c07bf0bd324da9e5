import { alarmKey } from '../alarm-keys.ts';
import { ALARMS } from '../alarms.ts';
import type { Tier, VitalRule } from '../profile.ts';
import { isMostSevere } from '../tier-ranks.ts';
import type { Millisecond } from '../units.ts';
import { PARAMETERS } from '../vitals.ts';
import { type Condition, condition } from './alarm-book.ts';
import { isActive } from './facts.ts';
import type { EngineState } from './state.ts';
import { hasLasted } from './time.ts';
import { delayOf } from './vital-delay.ts';
import { crossedLimit, isFresh, livePulse } from './vital-facts.ts';
import { watchedRules } from './vital-rules.ts';

/** A tier alarms when it has held for its delay, unless a more severe one of the same vital already does. */
export function tierConditions(state: EngineState, rule: VitalRule, at: Millisecond): readonly Condition[] {
  const { latest, latestGood } = state.vitals[rule.parameter];
  if (latestGood === null || latestGood.value === null) return [];
  const { value } = latestGood;
  // Until the signal is good again the verdict stays what it was at the last good sample.
  const isGood = latest?.quality === 'good';
  const verdictAt = rule.measured === 'intermittent' || isGood ? at : latestGood.at;
  const agreed = isAgreed(state, rule, at);
  const { tierSince } = state.vitals[rule.parameter];
  const holding = rule.tiers.filter((tier, i) => {
    const since = tierSince[i] ?? null;
    if (since === null) return false;
    const isRepeated = tier.repeat === true && latestGood.at > since;
    // Once raised it stays until the value is back inside, though a shallower value would be waited for longer.
    const isRaised = isActive(state, tier.alarm);
    return isRaised || isRepeated || hasLasted(since, delayOf(rule, tier, value, agreed), verdictAt);
  });
  const doubted = holding.filter((tier) => isContradicted(state, rule, tier, value, at, agreed));
  const believed = holding.filter((tier) => !doubted.includes(tier));
  return [
    ...believed
      .filter((tier) => isMostSevere(tier, believed) || isActive(state, tier.alarm))
      .map((tier) => condition(tier.alarm, value, crossedLimit(tier, value, tier.hysteresis))),
    ...doubted
      .filter((tier) => isMostSevere(tier, doubted))
      .map((tier) => condition('hr-doubtful', value, crossedLimit(tier, value, 0))),
    ...toRepeat(state, rule, believed),
  ];
}

/** A vital of another source is past a limit that pauses, too: two witnesses need less time than one. */
function isAgreed(state: EngineState, { parameter }: VitalRule, at: Millisecond): boolean {
  const { source } = PARAMETERS[parameter];
  return watchedRules(state).some((other) => {
    if (PARAMETERS[other.parameter].source === source) return false;
    const vital = state.vitals[other.parameter];
    const past = other.tiers.some((tier, i) => ALARMS[tier.alarm].action === 'pause' && vital.tierSince[i] !== null);
    return past && vital.latest?.quality === 'good' && isFresh(vital, other, at);
  });
}

/**
 * T waves counted as beats double the rate, artefact goes further. Less than this beside the pulse may be a heart that
 * beats faster than it can fill, which the pulse does not follow whole, or a pulse that is averaged and still follows.
 */
const FAR_ABOVE_PULSE = 1.75;

/**
 * An ECG that a live pulse contradicts is an electrode, not a heart: too few beats beside a pulse of enough, or far more
 * than a pulse that is not too fast itself, while no other sensor `agreed` that the patient is unwell.
 */
function isContradicted(
  state: EngineState,
  rule: VitalRule,
  { below, above }: Tier,
  value: number,
  at: Millisecond,
  agreed: boolean,
): boolean {
  const pulse = rule.parameter === 'hr' ? livePulse(state, at) : null;
  if (pulse === null) return false;
  if (below !== null && value < below) return pulse >= below;
  return above !== null && value > above && pulse <= above && value >= FAR_ABOVE_PULSE * pulse && !agreed;
}

/** One reading past a limit that pauses asks for a second one at once. */
function toRepeat(state: EngineState, rule: VitalRule, holding: readonly Tier[]): readonly Condition[] {
  const { tierSince, latestGood } = state.vitals[rule.parameter];
  const waiting = rule.tiers.find((tier, i) => tier.repeat === true && (tierSince[i] ?? null) !== null);
  if (waiting === undefined || holding.includes(waiting) || latestGood === null || latestGood.value === null) return [];
  const key = alarmKey('nibp-repeat', rule.parameter);
  return [condition(key, latestGood.value, crossedLimit(waiting, latestGood.value, waiting.hysteresis))];
}

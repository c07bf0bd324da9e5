import { alarmKey } from '../alarm-keys.ts';
import { ALARMS } from '../alarms.ts';
import type { Tier, VitalRule } from '../profile.ts';
import { isMostSevere } from '../tier-ranks.ts';
import type { Millisecond } from '../units.ts';
import { PARAMETERS } from '../vitals.ts';
import { type Condition, condition } from './alarm-book.ts';
import { isContradicted } from './ecg-doubt.ts';
import { isActive } from './facts.ts';
import type { EngineState, VitalState } from './state.ts';
import { hasLasted } from './time.ts';
import { delayOf } from './vital-delay.ts';
import { crossedLimit, isFresh, isGood, livePulse } from './vital-facts.ts';
import { watchedRules } from './vital-rules.ts';

/** A tier alarms when it has held for its delay, unless a more severe one of the same vital already does. */
export function tierConditions(state: EngineState, rule: VitalRule, at: Millisecond): readonly Condition[] {
  const vital = state.vitals[rule.parameter];
  const { latestGood, tierSince } = vital;
  if (latestGood === null) return [];
  const { value } = latestGood;
  // Until the signal is good again the verdict stays what it was at the last good sample.
  const verdictAt = rule.measured === 'intermittent' || isGood(vital) ? at : latestGood.at;
  const agreed = isAgreed(state, rule, at);
  const holding = rule.tiers.filter((tier, i) => {
    const since = tierSince[i] ?? null;
    if (since === null) return false;
    const isRepeated = tier.repeat === true && latestGood.at > since;
    // Once raised it stays until the value is back inside, though a shallower value would be waited for longer.
    const isRaised = isActive(state, tier.alarm);
    return isRaised || isRepeated || hasLasted(since, delayOf(rule, tier, value, agreed), verdictAt);
  });
  const pulse = rule.parameter === 'hr' ? livePulse(state, at) : null;
  const doubted = holding.filter((tier) => isContradicted(tier, value, pulse, agreed));
  const believed = holding.filter((tier) => !doubted.includes(tier));
  return [
    ...believed
      .filter((tier) => isMostSevere(tier, believed) || isActive(state, tier.alarm))
      .map((tier) => condition(tier.alarm, value, crossedLimit(tier, value, tier.hysteresis))),
    ...doubted
      .filter((tier) => isMostSevere(tier, doubted))
      .map((tier) => condition('hr-doubtful', value, crossedLimit(tier, value, 0))),
    ...toRepeat(rule, tierSince, value, believed),
  ];
}

/** A vital of another source is past a limit that pauses, too: two witnesses need less time than one. */
function isAgreed(state: EngineState, { parameter }: VitalRule, at: Millisecond): boolean {
  const { source } = PARAMETERS[parameter];
  return watchedRules(state).some((other) => {
    if (PARAMETERS[other.parameter].source === source) return false;
    const vital = state.vitals[other.parameter];
    const past = other.tiers.some((tier, i) => ALARMS[tier.alarm].action === 'pause' && vital.tierSince[i] !== null);
    return past && isGood(vital) && isFresh(vital, other, at);
  });
}

/** One reading past a limit that pauses asks for a second one at once. */
function toRepeat(
  { tiers, parameter }: VitalRule,
  tierSince: VitalState['tierSince'],
  value: number,
  holding: readonly Tier[],
): readonly Condition[] {
  const waiting = tiers.find((tier, i) => tier.repeat === true && (tierSince[i] ?? null) !== null);
  if (waiting === undefined || holding.includes(waiting)) return [];
  return [condition(alarmKey('nibp-repeat', parameter), value, crossedLimit(waiting, value, waiting.hysteresis))];
}

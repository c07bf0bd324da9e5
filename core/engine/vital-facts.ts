import { ALARMS } from '../alarms.ts';
import type { Tier, VitalRule } from '../profile.ts';
import { type Millisecond, SECOND } from '../units.ts';
import type { EngineState, VitalState } from './state.ts';
import { age, hasLasted } from './time.ts';
import { change, type Turn } from './turn.ts';
import { rulesOf, watchedRules } from './vital-rules.ts';

const MINUTE = 60 * SECOND;

/** Age (ms) at which a value is stale: three periods; of a vital that is measured now and then, R-5.3. */
export function staleAfter({ measured, period }: Pick<VitalRule, 'measured' | 'period'>): number {
  return measured === 'intermittent' ? 2 * period + MINUTE : Math.max(3 * SECOND, 3 * period);
}

/** The limit of the tier that the value lies beyond, or within `margin` of; null when it lies inside. */
export function crossedLimit({ below, above }: Tier, value: number, margin: number): number | null {
  if (value < (below ?? Number.NEGATIVE_INFINITY) + margin) return below;
  return value > (above ?? Number.POSITIVE_INFINITY) - margin ? above : null;
}

/** Whether the newest value, good or poor, is young enough to count. */
export function isFresh(vital: VitalState, rule: VitalRule, at: Millisecond): boolean {
  return age(vital.latestValue?.at ?? null, at) < staleAfter(rule);
}

/** Whether the newest sample is a good one. */
export const isGood = ({ latest }: VitalState): boolean => latest?.quality === 'good';

/** The pulse at the finger as a second witness of the heart: its value while it is fresh and good, otherwise null. */
export function livePulse(state: EngineState, at: Millisecond): number | null {
  const { pulse } = state.vitals;
  const { latest } = pulse;
  const rule = rulesOf(state).find(({ parameter }) => parameter === 'pulse');
  return latest?.quality === 'good' && rule !== undefined && isFresh(pulse, rule, at) ? latest.value : null;
}

/** An ECG that is lost beside a live pulse is a loose electrode, not an unwatched patient. */
export function isStandInAlive(state: EngineState, { parameter }: VitalRule, at: Millisecond): boolean {
  return parameter === 'hr' && livePulse(state, at) !== null;
}

/** Every watched vital is fresh. Where nothing is watched nobody is supervised, so it is never satisfied. */
export function areVitalsFresh(state: EngineState, at: Millisecond): boolean {
  const watched = watchedRules(state);
  return (
    watched.length > 0 &&
    watched.every((rule) => isFresh(state.vitals[rule.parameter], rule, at) || isStandInAlive(state, rule, at))
  );
}

/** fresh and in limits for long enough to start or resume. */
export function isSteady(state: EngineState, at: Millisecond): boolean {
  return hasLasted(state.steadySince, state.profile.steadyBeforeRun, at);
}

/** Starts, keeps or resets the time for which all watched vitals have been steady. */
export function followSteadiness(turn: Turn): Turn {
  const { state, at } = turn;
  const watched = watchedRules(state);
  const steady =
    state.monitorLink === 'up' &&
    watched.length > 0 &&
    watched.every((rule) => isInLimits(state.vitals[rule.parameter], rule, at));
  return change(turn, { steadySince: steady ? (state.steadySince ?? at) : null });
}

/** The newest sample is fresh, good and past none of the limits that pause, whatever their delay. */
function isInLimits(vital: VitalState, rule: VitalRule, at: Millisecond): boolean {
  const past = rule.tiers.some((tier, i) => ALARMS[tier.alarm].action === 'pause' && vital.tierSince[i] !== null);
  return isFresh(vital, rule, at) && isGood(vital) && !past;
}

import { ALARMS } from '../alarms.ts';
import type { Tier, VitalRule } from '../profile.ts';
import { type Millisecond, SECOND } from '../units.ts';
import type { EngineState, VitalState } from './state.ts';
import { age, hasLasted } from './time.ts';
import { change, type Turn } from './turn.ts';

/** age at which a required vital is stale. */
export function staleAfter({ period }: VitalRule): number {
  return Math.max(3 * SECOND, 3 * period);
}

/** The limit of the tier that the value lies beyond, or within `margin` of; null when it lies inside. */
export function crossedLimit({ below, above }: Tier, value: number, margin: number): number | null {
  if (below !== null && value < below + margin) return below;
  return above !== null && value > above - margin ? above : null;
}

/** Whether the newest value, good or poor, is young enough to count. */
export function isFresh(vital: VitalState, rule: VitalRule, at: Millisecond): boolean {
  return age(vital.latestValue?.at ?? null, at) < staleAfter(rule);
}

/** Every required vital is fresh. A profile that requires none supervises nobody, so it is never satisfied. */
export function areVitalsFresh(state: EngineState, at: Millisecond): boolean {
  const { vitals } = state.profile;
  return vitals.length > 0 && vitals.every((rule) => isFresh(state.vitals[rule.parameter], rule, at));
}

/** fresh and in limits for long enough to start or resume. */
export function isSteady(state: EngineState, at: Millisecond): boolean {
  return hasLasted(state.steadySince, state.profile.steadyBeforeRun, at);
}

/** Starts, keeps or resets the time for which all required vitals have been steady. */
export function followSteadiness(turn: Turn): Turn {
  const { state, at } = turn;
  const steady =
    state.monitorLink === 'up' &&
    areVitalsFresh(state, at) &&
    state.profile.vitals.every((rule) => isInLimits(state.vitals[rule.parameter], rule));
  return change(turn, { steadySince: steady ? (state.steadySince ?? at) : null });
}

/** The newest sample is good and past none of the limits that pause, whatever their delay. */
function isInLimits(vital: VitalState, { tiers }: VitalRule): boolean {
  const past = tiers.some((tier, i) => ALARMS[tier.alarm].action === 'pause' && vital.tierSince[i] !== null);
  return vital.latest?.quality === 'good' && !past;
}

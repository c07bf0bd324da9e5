import { alarmKey } from '../alarm-keys.ts';
import type { VitalRule } from '../profile.ts';
import { type Millisecond, SECOND } from '../units.ts';
import { type Condition, condition } from './alarm-book.ts';
import { isControlled } from './facts.ts';
import type { EngineState, Phase, VitalState } from './state.ts';
import { age, hasLasted } from './time.ts';
import { isFresh, isStandInAlive } from './vital-facts.ts';
import { rulesOf, watchedRules } from './vital-rules.ts';
import { tierConditions } from './vital-tiers.ts';

/** A poor signal that lasts this long is shown as such; a single disturbed frame is not. */
const POOR_SHOWN_AFTER = 2 * SECOND;
/** Share of its interval after which the next measurement is asked for. */
const OVERDUE_AFTER = 1.5;

/** The drug acts longer than it flows: a patient who is still connected stays watched, but may go. */
const AFTERWARDS: ReadonlySet<Phase> = new Set(['ended', 'interrupted']);

/** What the vitals give reason to alarm for. Before the bedside checks nobody need be connected. */
export function vitalConditions(state: EngineState, at: Millisecond): readonly Condition[] {
  if (state.phase === 'checked' || isControlled(state)) {
    return watchedRules(state).flatMap((rule) => [...technical(state, rule, at), ...tierConditions(state, rule, at)]);
  }
  if (!AFTERWARDS.has(state.phase)) return [];
  return rulesOf(state)
    .filter((rule) => isFresh(state.vitals[rule.parameter], rule, at))
    .flatMap((rule) => tierConditions(state, rule, at));
}

function technical(state: EngineState, rule: VitalRule, at: Millisecond): readonly Condition[] {
  return rule.measured === 'intermittent' ? overdue(state, rule, at) : disturbed(state, rule, at);
}

function disturbed(state: EngineState, rule: VitalRule, at: Millisecond): readonly Condition[] {
  const { parameter } = rule;
  const vital = state.vitals[parameter];
  const found: Condition[] = [];
  if (isControlled(state) && isLost(state, rule, at)) found.push(condition(alarmKey('vitals-lost', parameter)));
  if (!isFresh(vital, rule, at)) found.push(condition(alarmKey('vitals-stale', parameter)));
  if (hasLasted(vital.poorSince, POOR_SHOWN_AFTER, at)) found.push(condition(alarmKey('signal-poor', parameter)));
  return found;
}

/** no good value, nor one held over a poor signal, for too long; or a poor signal held for too long. */
function isLost(state: EngineState, rule: VitalRule, at: Millisecond): boolean {
  const { profile, vitals } = state;
  const vital = vitals[rule.parameter];
  const gone = age(heldAt(vital), at) >= profile.pauseOnLossAfter;
  return (gone || hasLasted(vital.poorSince, profile.holdPoorSignal, at)) && !isStandInAlive(state, rule, at);
}

/** Before there ever was a good value, a poor one holds nothing. */
function heldAt({ latestGood, latestValue }: VitalState): Millisecond | null {
  const held = latestGood === null ? null : latestValue;
  return held?.at ?? null;
}

/** what is measured now and then is asked for in time, and relied on no longer than it may be. */
function overdue(state: EngineState, rule: VitalRule, at: Millisecond): readonly Condition[] {
  const { parameter } = rule;
  const vital = state.vitals[parameter];
  const found: Condition[] = [];
  if (isControlled(state) && !isFresh(vital, rule, at)) found.push(condition(alarmKey('reading-expired', parameter)));
  if (age(vital.latestValue?.at ?? null, at) >= OVERDUE_AFTER * rule.period)
    found.push(condition(alarmKey('reading-overdue', parameter)));
  return found;
}

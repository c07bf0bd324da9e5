import { escalate, raise, subside } from './alarm-book.ts';
import { expireAudioPause } from './audio-pause.ts';
import { checkDeadlines } from './commands.ts';
import { byTable, isActive, presentAlarms, priorityOf } from './facts.ts';
import { monitorConditions } from './monitor-conditions.ts';
import { predictionConditions } from './predictions.ts';
import { pumpConditions } from './pump-conditions.ts';
import { lastingIncidents, stationConditions } from './station-conditions.ts';
import { interlock, repeatStop } from './stop.ts';
import { hasLasted } from './time.ts';
import type { Turn } from './turn.ts';
import { vitalConditions } from './vital-conditions.ts';
import { followSteadiness } from './vital-facts.ts';

/** Looks at everything there is to see, raises and ends alarms, and stops the pump where one asks for it. */
export function supervise(turn: Turn): Turn {
  return repeatStop(interlock(escalateAlarms(settleAlarms(followSteadiness(checkDeadlines(expireAudioPause(turn)))))));
}

/** an alarm begins with its condition and ends with it, or at its acknowledgement if that is later. */
function settleAlarms(turn: Turn): Turn {
  const { state, at } = turn;
  const holding = [
    ...vitalConditions(state, at),
    ...pumpConditions(state, at),
    ...monitorConditions(state),
    ...predictionConditions(state),
    ...stationConditions(state, at),
    ...lastingIncidents(state),
  ];
  const keys = new Set([...presentAlarms(state).map(([key]) => key), ...holding.map(({ key }) => key)]);
  return [...keys].toSorted(byTable).reduce((next, key) => {
    const found = holding.find((condition) => condition.key === key);
    if (found !== undefined) return isActive(state, key) ? next : raise(next, found);
    const alarm = state.alarms[key];
    // Stryker disable next-line ConditionalExpression,OptionalChaining: one that has gone already does not change by going again.
    return alarm?.active === true ? subside(next, key, alarm) : next;
  }, turn);
}

/** a medium alarm that nobody has acknowledged in time becomes as urgent as a high one. */
function escalateAlarms(turn: Turn): Turn {
  const { at } = turn;
  const { escalateAfter } = turn.state.profile;
  return presentAlarms(turn.state).reduce((next, [key, alarm]) => {
    const waits = priorityOf(key, alarm) === 'medium' && alarm.acknowledgedBy === null;
    return waits && hasLasted(alarm.raisedAt, escalateAfter, at) ? escalate(next, key, alarm) : next;
  }, turn);
}

import { alarmKey } from '../alarm-keys.ts';
import type { PumpReading } from '../pump.ts';
import type { Millisecond } from '../units.ts';
import { type Condition, condition } from './alarm-book.ts';
import { isCeilingReached, massGiven } from './dose.ts';
import { isActive, isControlled, isDelivering, isForeignPump, isPumpFresh, isRunning, mayMoveDrug } from './facts.ts';
import type { EngineState } from './state.ts';
import { hasLasted } from './time.ts';

/** What the pump and its line give reason to alarm for. */
export function pumpConditions(state: EngineState, at: Millisecond): readonly Condition[] {
  const { reading } = state.pump;
  return [
    ...stopConditions(state, at),
    ...lineConditions(state, at),
    ...(reading === null ? [] : readingConditions(state, reading)),
    ...doseConditions(state, at),
  ];
}

/** unconfirmed for too long; ends by read-back only, never by time. */
function stopConditions({ stopping, profile }: EngineState, at: Millisecond): readonly Condition[] {
  const overdue = hasLasted(stopping?.since ?? null, profile.stopAlarmAfter, at);
  return overdue ? [condition('stop-not-confirmed')] : [];
}

function lineConditions(state: EngineState, at: Millisecond): readonly Condition[] {
  if (!isControlled(state)) return [];
  const { pump, monitorLink, profile } = state;
  const found: Condition[] = [];
  if (pump.link !== 'up') found.push(condition('pump-link'));
  if (monitorLink !== 'up') found.push(condition('monitor-link'));
  if (isForeignPump(state)) found.push(condition('pump-identity'));
  // silence matters while the pump runs, and then until it speaks again.
  const silent = !isPumpFresh(state, at) && (mustAnswer(state) || isActive(state, 'pump-silent'));
  if (silent) found.push(condition('pump-silent', null, profile.pumpSilentAfter));
  return found;
}

/** While it is being programmed a pump at rest answers that; the command's own time limit watches over it. */
const mustAnswer = (state: EngineState): boolean => isRunning(state) && state.pending?.kind !== 'program';

function readingConditions(state: EngineState, reading: PumpReading): readonly Condition[] {
  const found: Condition[] = [];
  const { commandedRate } = state;
  if (isControlled(state) && (reading.alarm !== null || reading.state === 'alarm')) {
    found.push(condition(alarmKey('pump-alarm', reading.alarm)));
  }
  if (isUnexpected(state, reading)) found.push(condition('pump-unexpected'));
  // another rate than commanded, higher or lower, was set at the pump itself.
  const wrongRate = isDelivering(state) && reading.rate !== commandedRate;
  if (wrongRate && (isRunning(state) || isActive(state, 'pump-rate'))) {
    found.push(condition('pump-rate', reading.rate, commandedRate));
  }
  return found;
}

/** moving drug without a start of ours, or in another way than by our program; a stop under way is given time. */
function isUnexpected(state: EngineState, reading: PumpReading): boolean {
  if (!isDelivering(state)) return false;
  const ours = reading.state === 'infusing' || reading.state === 'waiting';
  const expected = state.phase === 'infusing' || state.pending?.kind === 'start';
  if (ours && expected) return false;
  return state.stopping === null;
}

function doseConditions(state: EngineState, at: Millisecond): readonly Condition[] {
  const { session, pump, profile } = state;
  if (session === null) return [];
  const found: Condition[] = [];
  if (mayMoveDrug(state) && isCeilingReached(session, pump.delivered)) {
    found.push(condition('dose-ceiling', massGiven(session, pump.delivered), session.doseCeiling));
  }
  const { deviation } = pump;
  if (deviation !== null && hasLasted(deviation.since, profile.deviationFor, at)) {
    found.push(condition('volume-deviation', deviation.counted, deviation.expected));
  }
  return found;
}

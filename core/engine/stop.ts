import { messageOf } from '../alarm-keys.ts';
import { mayDeliver, type PumpIdentity, type PumpReading } from '../pump.ts';
import type { MicrolitrePerHour, Millisecond } from '../units.ts';
import type { Effect } from './effects.ts';
import { isSamePump, mayMoveDrug, pauseAlarms } from './facts.ts';
import { causeOf, countPause } from './repeated-pauses.ts';
import type { EngineState, PauseCause, PersonId } from './state.ts';
import { hasLasted } from './time.ts';
import { change, enter, type Turn } from './turn.ts';
import { pumpLeftBehind } from './unseen.ts';
import { endComparison } from './volume.ts';

/** takes back every permission and stops the pump. Safe in any phase and any number of times. */
export function stopPump(turn: Turn, reason: string): Turn {
  return sendStop(withdraw(turn), reason);
}

/** stops the pump; an infusion is then paused and goes on only by a person's resume. */
export function halt(turn: Turn, reason: string, by: PersonId | null, cause: PauseCause): Turn {
  const stopped = stopPump(countPause(turn, cause), reason);
  return stopped.state.phase === 'infusing' ? enter(stopped, 'paused', reason, by) : stopped;
}

/** Ends a run or the chain that leads to one: the outcome of a command still under way no longer counts. */
export function withdraw(turn: Turn): Turn {
  return endComparison(change(turn, { pending: null, commandedRate: 0 as MicrolitrePerHour, permitAt: null }));
}

/** no drug moves while an alarm that pauses is present. Judged in every step, whatever the event was. */
export function interlock(turn: Turn): Turn {
  const [first] = pauseAlarms(turn.state);
  if (first === undefined || turn.state.stopping !== null || !mayMoveDrug(turn.state)) return turn;
  return halt(turn, messageOf(first), null, causeOf(first, turn.state.profile));
}

/** a stop is sent again until the pump is read back as not delivering. */
export function repeatStop(turn: Turn): Turn {
  const { stopping, profile } = turn.state;
  if (stopping === null || !hasLasted(stopping.lastSent, profile.stopRepeat, turn.at)) return turn;
  return sendStop(turn, stopping.reason);
}

/**
 * only a read-back that was asked for after the stop, of the pump that owes it, confirms a stop; no other
 * pump does, nor an answer to an earlier question, a written byte or the passing of time.
 */
export function confirmStop(turn: Turn, reading: PumpReading, afterStop: Millisecond | null): Turn {
  const { stopping, pump } = turn.state;
  if (stopping === null || !isSamePump(stopping.pump, pump.identity)) return turn;
  const isAnswer = afterStop !== null && afterStop >= stopping.since;
  return isAnswer && !mayDeliver(reading.state) ? change(turn, { stopping: null }) : turn;
}

/** A stop from before any pump was heard is owed by the first that proves its identity on the chair's line. */
export function oweStop(turn: Turn, pump: PumpIdentity): Turn {
  const { stopping } = turn.state;
  return stopping?.pump === null ? change(turn, { stopping: { ...stopping, pump } }) : turn;
}

/** The pump of the session, be it of one that a restart cut off; without a session the one that is there. */
const owing = (state: EngineState): PumpIdentity | null =>
  state.boundPump ?? pumpLeftBehind(state.pump) ?? state.pump.identity;

/** What a stop takes out of its own step: an earlier stop, and everything that would raise delivery. */
const WITHDRAWN: ReadonlySet<Effect['kind']> = new Set(['stop', 'permit', 'program', 'start', 'send']);

function sendStop(turn: Turn, reason: string): Turn {
  const { since, pump } = turn.state.stopping ?? { since: turn.at, pump: owing(turn.state) };
  const sent = change(turn, { stopping: { since, lastSent: turn.at, reason, pump } });
  return { ...sent, effects: [...turn.effects.filter(({ kind }) => !WITHDRAWN.has(kind)), { kind: 'stop', reason }] };
}

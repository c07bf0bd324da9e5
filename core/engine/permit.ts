import { type Microlitre, type Millisecond, SECOND } from '../units.ts';
import { volumeLeft } from './dose.ts';
import { isPumpFresh, isRunning, pauseAlarms } from './facts.ts';
import type { EngineState } from './state.ts';
import { age } from './time.ts';
import { change, emit, type Turn, underControl } from './turn.ts';
import { areVitalsFresh } from './vital-facts.ts';

/** how old a permission gets before it is renewed. */
const RENEW_AFTER = SECOND;

/** Permission to run up to what is left of the session. The ceilings are the pump's own figures. */
export function grantPermit(turn: Turn): Turn {
  return underControl(turn, (session, { counter }) => {
    const { pump, commandedRate, profile } = turn.state;
    return emit(change(turn, { permitAt: turn.at }), {
      kind: 'permit',
      epoch: session.epoch,
      ceilingRate: commandedRate,
      ceilingCounter: (counter + volumeLeft(session, pump.delivered)) as Microlitre,
      lifetime: profile.permitLifetime,
    });
  });
}

/** Renewed only while the pump runs or is about to, and all is well; otherwise it expires and the guard stops the pump. */
export function renewPermit(turn: Turn): Turn {
  const due = age(turn.state.permitAt, turn.at) >= RENEW_AFTER;
  return due && isRunning(turn.state) && isWell(turn.state, turn.at) ? grantPermit(turn) : turn;
}

/** No alarm that pauses, every required vital fresh, the pump answering. */
export function isWell(state: EngineState, at: Millisecond): boolean {
  return pauseAlarms(state).length === 0 && areVitalsFresh(state, at) && isPumpFresh(state, at);
}

import { mayDeliver, type PumpIdentity, type PumpReading } from '../pump.ts';
import type { Millisecond } from '../units.ts';
import { condition, raise, subside } from './alarm-book.ts';
import { isComplete } from './dose.ts';
import { isSamePump } from './facts.ts';
import type { EngineState, LinkState } from './state.ts';
import { confirmStop, oweStop, withdraw } from './stop.ts';
import { change, changePump, enter, type Turn, underControl } from './turn.ts';
import { compareVolume, countDelivered } from './volume.ts';

/** Takes in one read-back: volume, confirmation of a stop, and whether the pump runs as it should. */
export function takeReading(turn: Turn, reading: PumpReading, afterStop: Millisecond | null): Turn {
  const { reading: previous, delivered } = turn.state.pump;
  if (!isPlausible(reading) || reading.at < (previous?.at ?? 0)) return turn;
  // A time stamp from the future must not keep a read-back fresh.
  const read: PumpReading = { ...reading, at: Math.min(reading.at, turn.at) as Millisecond };
  const counted = changePump(countDelivered(turn, read), { reading: read });
  const increment = counted.state.pump.delivered - delivered;
  return followRun(compareVolume(confirmStop(counted, read, afterStop), previous, read, increment));
}

function isPlausible({ rate, counter, at }: PumpReading): boolean {
  return [rate, counter].every((figure) => Number.isSafeInteger(figure) && figure >= 0) && Number.isFinite(at);
}

/** What the read-back says about the run: it has begun, it is complete, or the pump stopped by itself. */
function followRun(turn: Turn): Turn {
  return underControl(turn, (session, reading) => {
    if (isBegun(turn.state, reading)) return enterRun(turn);
    if (turn.state.phase !== 'infusing' || mayDeliver(reading.state)) return turn;
    if (isComplete(session, turn.state.pump.delivered)) return complete(turn);
    // A pump alarm is a condition of its own and explains the stop.
    const explained = reading.alarm !== null || reading.state === 'alarm';
    return explained ? turn : raise(turn, condition('pump-stopped'));
  });
}

/** A confirmed start counts only when the pump is read back as delivering by its program. */
function isBegun({ pending }: EngineState, { state }: PumpReading): boolean {
  return pending !== null && pending.confirmedAt !== null && (state === 'infusing' || state === 'waiting');
}

function enterRun(turn: Turn): Turn {
  return enter(change(turn, { pending: null }), 'infusing', 'read back as infusing', null);
}

function complete(turn: Turn): Turn {
  return raise(enter(withdraw(turn), 'ended', 'complete', null), condition('infusion-complete'));
}

/** A line that is not up says nothing about which pump hangs on it: identity is established anew. */
export function takePumpLink(turn: Turn, link: LinkState): Turn {
  return changePump(turn, link === 'up' ? { link } : { link, identity: null });
}

/** Until a pump is bound, each one that names itself starts with its own counter. */
export function takeIdentity(turn: Turn, identity: PumpIdentity): Turn {
  const known = changePump(
    endOtherPump(turn, identity),
    turn.state.boundPump === null ? { identity, counterAt: null } : { identity },
  );
  return oweStop(known, identity);
}

/** the alarm of one pump too many is not that of the next, whoever acknowledged it. */
function endOtherPump(turn: Turn, identity: PumpIdentity): Turn {
  const alarm = turn.state.alarms['pump-identity'];
  if (alarm === undefined || isSamePump(turn.state.pump.identity, identity)) return turn;
  return subside(turn, 'pump-identity', alarm);
}

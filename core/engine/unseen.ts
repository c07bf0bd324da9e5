import { counterIncrement, type PumpIdentity, type PumpReading } from '../pump.ts';
import type { Microlitre } from '../units.ts';
import { isSamePump } from './facts.ts';
import type { EngineState, PumpWatch, UnseenDose } from './state.ts';
import { change, changePump, type Turn } from './turn.ts';

/** What an interrupted session knows of its pump; whether that still says something is not decided yet. */
export type LeftBehind = Omit<UnseenDose, 'accounting'>;

/** Until the pump of the session is heard, all that it may have given counts. */
export function awaitPump(turn: Turn, left: LeftBehind): Turn {
  return changePump(turn, { unseen: { ...left, accounting: 'awaited' } });
}

export const isAwaited = ({ pump }: EngineState): boolean => pump.unseen?.accounting === 'awaited';

/** The pump that a session was armed with before the restart, for as long as none was heard since; null: there is none. */
export const pumpLeftBehind = ({ unseen }: PumpWatch): PumpIdentity | null =>
  unseen?.accounting === 'awaited' ? unseen.identity : null;

/** Volume that counts on top of what was read back, in microlitres: all that the pump had left to give, unless it was heard. */
export function volumeUnseen({ pump: { unseen } }: EngineState): number {
  return unseen === undefined || unseen.accounting === 'counted' ? 0 : unseen.most;
}

/**
 * over a restart: the counter of the same pump went on while nobody read it, and what it went up by belongs to the
 * session. Lost is what a counter that was cleared, or another pump, cannot tell. A pump that has not said who it is
 * tells nothing yet.
 */
export function settleUnseen(turn: Turn, unseen: UnseenDose, { counter }: PumpReading): Turn {
  const { identity, delivered } = turn.state.pump;
  if (identity === null) return turn;
  const lost = changePump(turn, { counterAt: counter, unseen: { ...unseen, accounting: 'lost' } });
  if (unseen.counter === null || !isSamePump(unseen.identity, identity)) return lost;
  // From here on it is the pump of the session again, whatever else is plugged in.
  const known = change(lost, { boundPump: identity });
  const went = counterIncrement(unseen.counter, counter);
  const counted = changePump(known, { delivered: (delivered + went) as Microlitre });
  return counter < unseen.counter ? counted : changePump(counted, { unseen: { ...unseen, accounting: 'counted' } });
}

import type { PumpReading } from '../pump.ts';
import type { Millisecond } from '../units.ts';
import type { Effect, Step } from './effects.ts';
import type { EngineEvent } from './events.ts';
import type { EngineState, PersonId, Phase, PumpWatch, SessionBinding } from './state.ts';

/** One step under way: the state so far, the instant it happens at, and what the world is to do about it. */
export interface Turn {
  readonly state: EngineState;
  readonly at: Millisecond;
  readonly effects: readonly Effect[];
}

/** Time never runs backwards here: an event from before the last tick, or without a usable time, happens at that tick. */
export function openTurn(state: EngineState, event: EngineEvent): Turn {
  const now = state.lastTick ?? (0 as Millisecond);
  // Stryker disable next-line EqualityOperator: at the very instant of the tick both are the same.
  return { state, at: event.at >= now ? event.at : now, effects: [] };
}

/** A stop goes ahead of everything, the answer to the operator comes last; all else stays in the order it was decided. */
export function closeTurn({ state, effects }: Turn): Step<EngineState> {
  return { state, effects: effects.toSorted((a, b) => place(a) - place(b)) };
}

function place({ kind }: Effect): number {
  if (kind === 'stop') return 0;
  return kind === 'answer' ? 2 : 1;
}

export function change(turn: Turn, part: Partial<EngineState>): Turn {
  return { ...turn, state: { ...turn.state, ...part } };
}

export function changePump(turn: Turn, part: Partial<PumpWatch>): Turn {
  return change(turn, { pump: { ...turn.state.pump, ...part } });
}

export function emit(turn: Turn, effect: Effect): Turn {
  return { ...turn, effects: [...turn.effects, effect] };
}

export function enter(turn: Turn, to: Phase, reason: string, by: PersonId | null): Turn {
  const pausedSince = to === 'paused' ? turn.at : null;
  return emit(change(turn, { phase: to, pausedSince }), { kind: 'phase', from: turn.state.phase, to, reason, by });
}

/** Acts only where there is both a session and a pump that was read back; without them there is nothing to control. */
export function underControl(turn: Turn, act: (session: SessionBinding, reading: PumpReading) => Turn): Turn {
  const { session, pump } = turn.state;
  return session === null || pump.reading === null ? turn : act(session, pump.reading);
}

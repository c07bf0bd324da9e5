import type { Effect } from '../../core/engine/effects.ts';
import type { EngineEvent } from '../../core/engine/events.ts';
import type { EngineState } from '../../core/engine/state.ts';
import { mayDeliver, type PumpIdentity } from '../../core/pump.ts';
import type { Millisecond } from '../../core/units.ts';

/**
 * What an observer outside the engine remembers of effects and read-backs, so that the engine is not judged by its own
 * memory. In a correct engine it follows from the state and adds no states.
 */
export interface Ghost {
  /** How far the chain of one accepted request has come: program sent, start sent. */
  readonly chain: 'none' | 'programmed' | 'started';
  /** When the last permission went out; a stop takes it back. */
  readonly permitAt: Millisecond | null;
  /** First stop that no read-back has confirmed, and the newest stop of it. */
  readonly stopSince: Millisecond | null;
  readonly stopSent: Millisecond | null;
  /** Pump that has to confirm it: of the session, or the one that was there, or the first that came; null: none yet. */
  readonly stopOwedBy: PumpIdentity | null;
  /** When persons cut a run at this chair short, as far as it counts; and whether that locked the chair. */
  readonly cutShort: readonly Millisecond[];
  readonly locked: boolean;
}

export const NOTHING_SEEN: Ghost = {
  chain: 'none',
  permitAt: null,
  stopSince: null,
  stopSent: null,
  stopOwedBy: null,
  cutShort: [],
  locked: false,
};

/** One step as it was observed. */
export interface Taken {
  readonly before: EngineState;
  readonly seen: Ghost;
  readonly event: EngineEvent;
  readonly at: Millisecond;
  readonly after: EngineState;
  readonly effects: readonly Effect[];
}

export const has = (effects: readonly Effect[], kind: Effect['kind']): boolean =>
  effects.some((effect) => effect.kind === kind);

export function observe(taken: Taken): Ghost {
  const { seen, at, effects } = taken;
  if (effects.length === 0 && seen === NOTHING_SEEN) return seen;
  const stopped = has(effects, 'stop');
  const permitAt = has(effects, 'permit') ? at : stopped ? null : seen.permitAt;
  return { chain: chainAfter(taken, stopped), permitAt, ...stopAfter(taken, stopped), ...lockAfter(taken) };
}

function chainAfter({ seen, before, event, after, effects }: Taken, stopped: boolean): Ghost['chain'] {
  if (has(effects, 'start')) return 'started';
  if (has(effects, 'program')) return 'programmed';
  const open = before.pending?.confirmedAt === null ? before.pending.id : null;
  const refused = event.kind === 'outcome' && event.outcome.kind === 'refused' && event.commandId === open;
  const over = before.phase === 'infusing' && after.phase !== 'infusing';
  return stopped || refused || over ? 'none' : seen.chain;
}

function stopAfter(taken: Taken, stopped: boolean): Pick<Ghost, 'stopSince' | 'stopSent' | 'stopOwedBy'> {
  const { seen, before, at, after } = taken;
  const confirmed = isConfirmedStop(taken);
  const open = confirmed ? null : seen.stopSince;
  // Of a repeat and its confirmation in one step only the engine knows which came first.
  const waits = stopped && !(confirmed && after.stopping === null);
  const { unseen } = after.pump;
  const left = unseen?.accounting === 'awaited' ? unseen.identity : null;
  const first = after.boundPump ?? left ?? before.pump.identity;
  const stopOwedBy = (open === null ? first : seen.stopOwedBy) ?? after.pump.identity;
  if (waits) return { stopSince: open ?? at, stopSent: at, stopOwedBy };
  if (open === null) return { stopSince: null, stopSent: null, stopOwedBy: null };
  return { stopSince: open, stopSent: seen.stopSent, stopOwedBy };
}

const isAccepted = (effects: readonly Effect[]): boolean =>
  effects.some((effect) => effect.kind === 'answer' && effect.accepted);

function lockAfter(taken: Taken): Pick<Ghost, 'cutShort' | 'locked'> {
  const { seen, before, event, at, after, effects } = taken;
  const signed =
    (event.kind === 'resume' || event.kind === 'start') && event.second !== undefined && isAccepted(effects);
  const locked = seen.locked && !signed;
  const asked = (event.kind === 'pause' || event.kind === 'stop') && isAccepted(effects);
  // What time alone stopped in the same step was not stopped by the person.
  const ran = before.phase === 'infusing' || (before.phase === 'paused' && before.pending !== null);
  const byPerson = ran && effects.every((effect) => effect.kind !== 'alarm' || effect.change !== 'raised');
  if (!asked || !byPerson || after.phase !== 'paused') return { cutShort: seen.cutShort, locked };
  const { repeatedPauses, repeatedPausesWithin } = after.profile;
  const cutShort = [...seen.cutShort.filter((then) => at - then <= repeatedPausesWithin), at];
  return cutShort.length < repeatedPauses ? { cutShort, locked } : { cutShort: [], locked: true };
}

/** By a read-back at rest, asked for later, of the pump that owes it, or by a person who answers for it. */
function isConfirmedStop({ seen, before, event, effects }: Taken): boolean {
  if (seen.stopSince === null) return false;
  if (event.kind === 'stopped-by-hand') return effects.some((effect) => effect.kind === 'answer' && effect.accepted);
  const { pump } = before;
  const own = pump.identity !== null && pump.identity.serial === seen.stopOwedBy?.serial;
  if (event.kind !== 'pump-read' || !own || event.reading.at < (pump.reading?.at ?? 0)) return false;
  return (event.afterStop ?? -1) >= seen.stopSince && !mayDeliver(event.reading.state);
}

import type { Outcome } from '../pump.ts';
import { SECOND } from '../units.ts';
import { condition, raise } from './alarm-book.ts';
import { volumeLeft } from './dose.ts';
import { grantPermit, isWell } from './permit.ts';
import type { PendingCommand } from './state.ts';
import { halt, withdraw } from './stop.ts';
import { hasLasted } from './time.ts';
import { change, emit, type Turn, underControl } from './turn.ts';

/** A command without an outcome for this long has none that is known. */
const OUTCOME_WITHIN = 5 * SECOND;
/** A confirmed start without a delivering read-back for this long was not a start. */
const DELIVERY_WITHIN = 3 * SECOND;

/**
 * Begins the chain program -> confirmed -> start -> confirmed -> read back as delivering. One command is under way at
 * a time; each gets a new id, so that the late outcome of an abandoned one is told apart.
 */
export function beginRun(turn: Turn): Turn {
  return underControl(turn, (session) => {
    const { rate } = session.plan;
    const volume = volumeLeft(session, turn.state.pump.delivered);
    const { next, id } = expectOutcome(change(turn, { commandedRate: rate }), 'program');
    return emit(grantPermit(next), { kind: 'program', id, rate, volume });
  });
}

/** Only the outcome of the command under way counts, and only the first one. */
export function takeOutcome(turn: Turn, commandId: number, outcome: Outcome): Turn {
  const { pending } = turn.state;
  if (pending === null || pending.id !== commandId || pending.confirmedAt !== null) return turn;
  switch (outcome.kind) {
    case 'confirmed':
      return confirmed(turn, pending);
    case 'refused':
      return refused(turn, pending);
    case 'unknown':
      return raise(turn, condition('command-unknown'));
  }
}

/** an outcome, or the delivery it promised, that does not come in time is unknown. */
export function checkDeadlines(turn: Turn): Turn {
  const { pending } = turn.state;
  if (pending === null) return turn;
  const overdue =
    pending.confirmedAt === null
      ? hasLasted(pending.since, OUTCOME_WITHIN, turn.at)
      : hasLasted(pending.confirmedAt, DELIVERY_WITHIN, turn.at);
  return overdue ? raise(turn, condition('command-unknown')) : turn;
}

function confirmed(turn: Turn, pending: PendingCommand): Turn {
  if (pending.kind === 'start') return change(turn, { pending: { ...pending, confirmedAt: turn.at } });
  // What was true when the operator asked must still be true now that the pump could be started.
  if (!isWell(turn.state, turn.at)) return halt(turn, 'supervision incomplete before start', null, 'supervision');
  if (!turn.state.recordHealthy) return halt(turn, 'record failed before start', null, 'supervision');
  if (!turn.state.libraryUsable) return halt(turn, 'drug library may not be used before start', null, 'supervision');
  if (turn.state.stationHeld) return halt(turn, 'station held before start', null, 'supervision');
  const { next, id } = expectOutcome(turn, 'start');
  return emit(grantPermit(next), { kind: 'start', id });
}

/** A refused program changed nothing; after a refused start the interlock makes sure that nothing runs. */
function refused(turn: Turn, { kind }: PendingCommand): Turn {
  return raise(kind === 'program' ? withdraw(turn) : turn, condition('command-refused'));
}

function expectOutcome(turn: Turn, kind: PendingCommand['kind']): { readonly next: Turn; readonly id: number } {
  const id = turn.state.nextCommandId;
  const pending: PendingCommand = { id, kind, since: turn.at, confirmedAt: null };
  return { next: change(turn, { pending, nextCommandId: id + 1 }), id };
}

import type { Outcome } from '../pump.ts';
import { SECOND } from '../units.ts';
import { condition, raise } from './alarm-book.ts';
import { volumeLeft } from './dose.ts';
import { grantPermit } from './permit.ts';
import { firstUnmet, recordWorking, type Requirement, TO_GO_ON } from './requirements.ts';
import type { PendingCommand } from './state.ts';
import { halt, withdraw } from './stop.ts';
import { hasLasted } from './time.ts';
import { change, emit, type Turn, underControl } from './turn.ts';

/** A command without an outcome for this long has none that is known. */
const OUTCOME_WITHIN = 5 * SECOND;
/** A confirmed start without a delivering read-back for this long was not a start. */
const DELIVERY_WITHIN = 3 * SECOND;

/** Refused by the record, not by the pump: the intent could not be written, so that nothing of the command was sent. */
export const UNWRITTEN = 'record';

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
      // What was never sent was not confirmed either.
      return pending.sent ? confirmed(turn, pending) : turn;
    case 'refused':
      return outcome.code === UNWRITTEN ? withdrawCommand(turn, pending, recordWorking) : refused(turn, pending);
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
  const unmet = firstUnmet(TO_GO_ON, turn.state, turn.at);
  if (unmet !== undefined) return withdrawCommand(turn, pending, unmet);
  const { next, id } = expectOutcome(turn, 'start');
  return emit(grantPermit(next), { kind: 'start', id });
}

/** writing took time. What a start asks for must be so now, when the bytes would leave; it goes out once. */
export function takeWritten(turn: Turn, commandId: number): Turn {
  const { pending } = turn.state;
  if (pending === null || pending.id !== commandId || pending.sent) return turn;
  const unmet = firstUnmet(TO_GO_ON, turn.state, turn.at);
  if (unmet !== undefined) return withdrawCommand(turn, pending, unmet);
  return emit(grantPermit(change(turn, { pending: { ...pending, sent: true } })), { kind: 'send', id: commandId });
}

/** Nothing runs, and the person who asked for it is told why. */
function withdrawCommand(turn: Turn, { id }: PendingCommand, { code, detail }: Requirement): Turn {
  const told = emit(turn, { kind: 'withdrawn', id, code, detail });
  return raise(halt(told, `withdrawn: ${detail}`, null, 'supervision'), condition('start-withdrawn'));
}

/** A refused program changed nothing; after a refused start the interlock makes sure that nothing runs. */
function refused(turn: Turn, { kind }: PendingCommand): Turn {
  return raise(kind === 'program' ? withdraw(turn) : turn, condition('command-refused'));
}

function expectOutcome(turn: Turn, kind: PendingCommand['kind']): { readonly next: Turn; readonly id: number } {
  const id = turn.state.nextCommandId;
  const pending: PendingCommand = { id, kind, since: turn.at, sent: false, confirmedAt: null };
  return { next: change(turn, { pending, nextCommandId: id + 1 }), id };
}

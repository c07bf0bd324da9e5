import type { OperatorEvent } from '../../../core/engine/events.ts';
import type { PersonId } from '../../../core/engine/state.ts';
import type { ActRow } from '../act-row.ts';
import { Refusal, requireAccepted } from '../refusals.ts';
import { type Call, chairOf, personOf } from '../station-context.ts';
import { mismatchesOf } from './bedside-reading.ts';
import type { GroupHandlers } from './handler.ts';
import { openSession } from './open-session.ts';
import { exportOf, listSessions, sessionAlarmLoad, sessionEvents, sessionTrend } from './review.ts';
import { passSelfTest } from './self-test.ts';
import { signTogether } from './sign-together.ts';

/**
 * a set-up that was idle goes on only with somebody who signed in since. A pause cannot meet it: what can be
 * paused was started just now, or gives drug already.
 */
function requireFreshSignIn(call: Call, chairId: string, act: string): void {
  const chair = chairOf(call, chairId);
  if (chair.takeUp(call.seat.signedInAt)) return;
  chair.journal.note(act, { by: personOf(call).id, outcome: 'denied', new: { refused: 'set-up-idle' } });
  throw new Refusal(
    'SET_UP_IDLE',
    'Nobody has worked at this set-up for 3 min. Sign in again, look at patient, pump and order, then go on.',
  );
}

/** Puts the request to the chair's engine and resolves with its answer; the answer is in the record either way. */
function operate(
  call: Call,
  chairId: string,
  act: string,
  event: (by: PersonId) => OperatorEvent,
  row: Omit<ActRow, 'act' | 'by'> = {},
): Record<string, never> {
  const by = personOf(call).id;
  requireAccepted(chairOf(call, chairId).operate(event(by), { act, by, ...row }));
  return {};
}

/** who signs beside the clinician for a chair that the same pause has locked; nothing where nobody has to. */
async function witnessed(signatures: Parameters<typeof signTogether>[0] | undefined, call: Call) {
  if (signatures === undefined) return { signed: {}, figures: {} };
  const { second } = await signTogether(signatures, ['clinician', 'supervisor'], call);
  return { signed: { second: second.id }, figures: { witness: second.id, witnessName: second.name } };
}

export const session: GroupHandlers<'session'> = {
  open: openSession,

  check: ({ chairId, ...answers }, call) => {
    requireFreshSignIn(call, chairId, 'session.check');
    const { journal, state } = chairOf(call, chairId);
    const refuse = (why: ActRow['new'], code: string, message: string): never => {
      journal.note('session.check', { by: personOf(call).id, outcome: 'denied', new: { ...answers, ...why } });
      throw new Refusal(code, message);
    };
    const missing = Object.values(answers).some((answer) => !answer);
    if (missing) {
      const what = 'Every bedside check must be done and confirmed before the pump is armed.';
      refuse({ refused: 'incomplete' }, 'CHECK_INCOMPLETE', what);
    }
    const mismatches = state.session === null ? [] : mismatchesOf(answers, state.session);
    const [gravest] = mismatches;
    if (gravest !== undefined) {
      const mismatched = mismatches.map(({ field }) => field);
      refuse({ refused: 'mismatch', mismatched }, gravest.code, gravest.message);
    }
    return operate(call, chairId, 'session.check', (by) => ({ kind: 'check', by }), { new: answers });
  },

  arm: async ({ chairId }, call) => {
    requireFreshSignIn(call, chairId, 'session.arm');
    const chair = chairOf(call, chairId);
    const { session: pressed } = chair.state;
    await passSelfTest(call, chair, personOf(call).id);
    if (chair.state.session?.epoch !== pressed?.epoch) {
      throw new Refusal(
        'SESSION_CHANGED',
        'Another session is at this chair by now. Look at it, then arm it if it is right.',
      );
    }
    return operate(call, chairId, 'session.arm', (by) => ({ kind: 'arm', by }));
  },

  start: async ({ chairId, signatures }, call) => {
    requireFreshSignIn(call, chairId, 'session.start');
    const { signed, figures } = await witnessed(signatures, call);
    return operate(call, chairId, 'session.start', (by) => ({ kind: 'start', by, ...signed }), { new: figures });
  },

  pause: ({ chairId, reason }, call) =>
    operate(call, chairId, 'session.pause', (by) => ({ kind: 'pause', by, reason }), { reason }),

  resume: async ({ chairId, reason, confirmedRateUlPerH: confirmedRate, signatures }, call) => {
    requireFreshSignIn(call, chairId, 'session.resume');
    const { signed, figures } = await witnessed(signatures, call);
    return operate(
      call,
      chairId,
      'session.resume',
      (by) => ({ kind: 'resume', by, reason, confirmedRate, ...signed }),
      {
        reason,
        new: { confirmedRateUlPerH: confirmedRate, ...figures },
      },
    );
  },

  end: ({ chairId, reason }, call) =>
    operate(call, chairId, 'session.end', (by) => ({ kind: 'end', by, reason }), { reason }),

  list: listSessions,
  events: sessionEvents,
  trend: sessionTrend,
  alarmLoad: sessionAlarmLoad,
  export: exportOf,
};

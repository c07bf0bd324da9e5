import { Refusal } from '../refusals.ts';
import { personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';

export const access: GroupHandlers<'access'> = {
  people: (_input, { station: { options } }) => {
    const { people, demonstration } = options.configuration;
    return people.map(({ id, name, role, hint }) => ({ id, name, role, hint: demonstration ? hint : null }));
  },

  /** Failed attempts are rows of their own, with nothing of the PIN. */
  signIn: async ({ personId, pin }, { station: { options, signIn, journal }, seat }) => {
    const answer = await signIn.signIn(personId, pin, options.clock.now());
    switch (answer.kind) {
      case 'signed-in':
        seat.person = answer.person;
        journal.note('access.sign-in', { by: answer.person.id });
        return answer.person;
      case 'unknown-person':
        journal.note('access.sign-in.failed', { outcome: 'denied', reason: 'unknown person' });
        throw new Refusal('SIGN_IN_FAILED', 'The PIN does not fit. Try again.');
      case 'wrong-pin':
        journal.note('access.sign-in.failed', {
          outcome: 'denied',
          reason: 'wrong PIN',
          new: { personId, failures: answer.failures },
        });
        throw new Refusal('SIGN_IN_FAILED', 'The PIN does not fit. Try again.');
      case 'wait': {
        const seconds = Math.ceil(answer.milliseconds / 1000);
        journal.note('access.sign-in.failed', { outcome: 'denied', reason: 'has to wait', new: { personId, seconds } });
        throw new Refusal(
          'SIGN_IN_DELAYED',
          `Too many tries. Wait ${seconds} s, then try again. STOP works without it.`,
        );
      }
    }
  },

  signOut: (_input, call) => {
    call.station.journal.note('access.sign-out', { by: personOf(call).id });
    call.seat.person = null;
    return {};
  },

  me: (_input, { person }) => person,
};

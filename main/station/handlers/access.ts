import { personOf } from '../station-context.ts';
import { authenticate } from './authenticate.ts';
import type { GroupHandlers } from './handler.ts';

export const access: GroupHandlers<'access'> = {
  people: (_input, { station: { options } }) => {
    const { people, demonstration } = options.configuration;
    return people.map(({ id, name, role, hint }) => ({ id, name, role, hint: demonstration ? hint : null }));
  },

  signIn: async (signature, call) => {
    const person = await authenticate(signature, call);
    call.seat.person = person;
    call.station.journal.note('access.sign-in', { by: person.id });
    return person;
  },

  signOut: (_input, call) => {
    call.station.journal.note('access.sign-out', { by: personOf(call).id });
    call.seat.person = null;
    return {};
  },

  me: (_input, { person }) => person,
};

import { kindOfStored } from '../../access/pin.ts';
import { sitDown, standUp, whoActs } from '../sitting.ts';
import { authenticate, methodOf } from './authenticate.ts';
import type { GroupHandlers } from './handler.ts';

export const access: GroupHandlers<'access'> = {
  people: (_input, { station: { options, book } }) => {
    const { people, demonstration } = options.configuration;
    const hints = new Map(people.map(({ id, pin, hint }) => [id, { pin, hint }]));
    const active = book.people.filter(({ active }) => active);
    return active.map(({ id, name, role, secret }) => {
      const hint = demonstration ? (hints.get(id)?.hint ?? null) : null;
      return { id, name, role, hint, secretKind: kindOfStored(secret) };
    });
  },

  signIn: async (signature, call) => {
    // Before the slow proof: another badge may be read meanwhile.
    const method = methodOf(signature.personId, call);
    const person = await authenticate(signature, call);
    sitDown(call, person, method);
    // The rights of now: under break-glass a clinician's.
    return whoActs(call) ?? person;
  },

  signOut: (_input, call) => {
    standUp(call);
    return {};
  },

  me: (_input, { person }) => person,
};

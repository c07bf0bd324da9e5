import type { Role } from '../../../preload/contract/leaf.ts';
import type { PersonRecord } from '../../access/access-record.ts';
import { hashSecret, kindOfStored } from '../../access/pin.ts';
import { isSamePerson } from '../../access/same-person.ts';
import { secretKindOf, secretProblem } from '../../access/secret-policy.ts';
import { Denial, Refusal } from '../refusals.ts';
import { type Call, personOf } from '../station-context.ts';
import { authenticate } from './authenticate.ts';
import { changeAccess } from './change-access.ts';
import type { GroupHandlers } from './handler.ts';
import { signTogether } from './sign-together.ts';

/** Who may sign beside an administrator or supervisor: whoever answers for patients or rights. */
const SECOND_ROLES: readonly Role[] = ['clinician', 'supervisor', 'administrator'];
/** Without one of each nobody could give rights, or review and unlock. */
const NEVER_WITHOUT: ReadonlySet<Role> = new Set(['administrator', 'supervisor']);

export const people: GroupHandlers<'people'> = {
  list: (_input, { station }) =>
    station.book.people.map(({ secret: _secret, badge, ...person }) => ({ ...person, hasBadge: badge !== null })),

  byBadge: ({ badge }, { station }) => {
    const person = station.book.findByBadge(badge);
    if (person !== null) return { personId: person.id };
    station.journal.note('access.sign-in.failed', { outcome: 'denied', reason: 'unknown badge' });
    throw new Refusal('UNKNOWN_BADGE', 'This badge belongs to nobody here. Choose your name instead.');
  },

  add: async ({ name, role, secret, badge, ...signatures }, call) => {
    requireGoodSecret(role, secret);
    const badgeHash = badge === null ? null : freeBadge(badge, null, call);
    const { second } = await signTogether(signatures, SECOND_ROLES, call);
    const { book } = call.station;
    const person: PersonRecord = {
      id: book.newId(name),
      name,
      role,
      active: true,
      locked: false,
      secret: await hashSecret(secret, secretKindOf(role), book.pepper),
      badge: badgeHash,
    };
    const facts = { what: 'person added', person: person.id, name, role, second: second.id };
    await changeAccess(call, facts, { people: [person] });
    return { personId: person.id };
  },

  change: async ({ personId, name, role, active, secret, badge, ...signatures }, call) => {
    const { book, signIn } = call.station;
    const before = recordOf(personId, call);
    if (secret !== null) requireGoodSecret(role, secret);
    else requirePasswordFor(role, before);
    if (NEVER_WITHOUT.has(before.role) && (!active || role !== before.role)) requireAnother(before, call);
    const badgeHash = badgeAfter(badge, before, call);
    const { second } = await signTogether(signatures, SECOND_ROLES, call);
    const stored = secret === null ? before.secret : await hashSecret(secret, secretKindOf(role), book.pepper);
    // A new secret gives the tries back, but to nobody by their own hand.
    const locked = (secret === null || personId === personOf(call).id) && recordOf(personId, call).locked;
    const person: PersonRecord = { id: personId, name, role, active, locked, secret: stored, badge: badgeHash };
    await changeAccess(call, { ...changedFacts(before, person), second: second.id }, { people: [person] });
    if (secret !== null) signIn.forget(personId);
    return {};
  },

  unlock: async ({ personId, ...signatures }, call) => {
    const before = recordOf(personId, call);
    if (isSamePerson(before, personOf(call))) {
      throw new Denial('SECOND_PERSON_NEEDED', 'Nobody unlocks themselves. Another supervisor has to.', {
        person: personId,
      });
    }
    const { second } = await signTogether(signatures, SECOND_ROLES, call);
    const facts = { what: 'unlocked', person: personId, second: second.id };
    await changeAccess(call, facts, { people: [{ ...before, locked: false }] });
    call.station.signIn.forget(personId);
    return {};
  },

  changeOwnSecret: async ({ secret, newSecret }, call) => {
    const { id } = personOf(call);
    await authenticate({ personId: id, pin: secret }, call);
    const before = recordOf(id, call);
    requireGoodSecret(before.role, newSecret);
    const stored = await hashSecret(newSecret, secretKindOf(before.role), call.station.book.pepper);
    const facts = { what: 'own PIN or password changed', person: id };
    await changeAccess(call, facts, { people: [{ ...recordOf(id, call), secret: stored }] });
    return {};
  },
};

function recordOf(personId: string, { station }: Call): PersonRecord {
  const person = station.book.find(personId);
  if (person === null) throw new Refusal('UNKNOWN_PERSON', 'This station does not know that person.');
  return person;
}

/** Throws for a secret that this role may not have. */
export function requireGoodSecret(role: Role, secret: string): void {
  const problem = secretProblem(role, secret);
  if (problem !== null) throw new Refusal('SECRET_TOO_WEAK', problem);
}

function requirePasswordFor(role: Role, { role: before, secret }: PersonRecord): void {
  const gains = role !== before && secretKindOf(role) === 'password' && kindOfStored(secret) === 'pin';
  if (gains) throw new Refusal('PASSWORD_NEEDED', `A ${role} needs a password. Set one together with the role.`);
}

function requireAnother({ id, role }: PersonRecord, { station }: Call): void {
  const others = station.book.people.filter((other) => other.role === role && other.active && other.id !== id);
  if (others.length === 0) throw new Refusal('LAST_OF_ROLE', `This is the last ${role}. Add another one first.`);
}

function freeBadge(number: string, ownerId: string | null, { station }: Call): string {
  const owner = station.book.findByBadge(number);
  if (owner !== null && owner.id !== ownerId) {
    throw new Refusal('BADGE_TAKEN', `This badge belongs to ${owner.name}. Take it from them first.`);
  }
  return station.book.badgeHash(number);
}

type BadgeWish = 'keep' | 'remove' | { readonly number: string };

function badgeAfter(wish: BadgeWish, before: PersonRecord, call: Call): string | null {
  if (wish === 'keep') return before.badge;
  return wish === 'remove' ? null : freeBadge(wish.number, before.id, call);
}

function changedFacts(before: PersonRecord, after: PersonRecord) {
  return {
    what: 'person changed',
    person: after.id,
    name: after.name,
    roleBefore: before.role,
    role: after.role,
    activeBefore: before.active,
    active: after.active,
    newSecret: before.secret !== after.secret,
    newBadge: before.badge !== after.badge,
  };
}

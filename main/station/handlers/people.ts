import type { z } from 'zod';
import type { contract } from '../../../preload/contract/contract.ts';
import type { Person } from '../../../preload/contract/frames.ts';
import type { Role } from '../../../preload/contract/leaf.ts';
import type { PersonRecord } from '../../access/access-record.ts';
import { hashSecret, kindOfStored } from '../../access/pin.ts';
import { isSamePerson, nameKey } from '../../access/same-person.ts';
import { secretKindOf, secretProblem } from '../../access/secret-policy.ts';
import { Denial, Refusal } from '../refusals.ts';
import { type Call, personOf } from '../station-context.ts';
import { authenticate } from './authenticate.ts';
import { changeAccess } from './change-access.ts';
import type { GroupHandlers } from './handler.ts';
import { recordOf, unchangedSince } from './person-record.ts';
import { mayStill, signTogether } from './sign-together.ts';

/** Who may sign beside an administrator or supervisor: whoever answers for patients or rights. */
export const SECOND_ROLES: readonly Role[] = ['clinician', 'supervisor', 'administrator'];
/** Without one of each nobody could give rights, or review and unlock. */
const NEVER_WITHOUT: ReadonlySet<Role> = new Set(['administrator', 'supervisor']);

/** The administrator has typed the secret, or could have. */
const NEW = { active: true, locked: false, chosenByOther: true } as const;

export const people: GroupHandlers<'people'> = {
  list: (_input, { station }) =>
    station.book.people.map(({ secret: _secret, badge, ...person }) => ({ ...person, hasBadge: badge !== null })),

  byBadge: ({ badge }, { station, seat }) => {
    const person = station.book.findByBadge(badge);
    seat.badge = person && { personId: person.id, readAt: station.options.clock.now() };
    if (person !== null) return { personId: person.id };
    const facts = { method: ['badge'] };
    station.journal.note('access.sign-in.failed', { outcome: 'denied', reason: 'unknown badge', new: facts });
    throw new Refusal('UNKNOWN_BADGE', 'This badge belongs to nobody here. Choose your name instead.');
  },

  add: async ({ name, role, secret, badge, ...signatures }, call) => {
    requireGoodSecret(role, secret);
    requireFreeName(name, null, call);
    if (badge !== null) freeBadge(badge, null, call);
    const { second } = await signTogether(signatures, SECOND_ROLES, call);
    const { book } = call.station;
    const stored = await hashSecret(secret, secretKindOf(role), book.pepper);
    const { personId } = await changeAccess(call, () => {
      requireSigners(second, call);
      requireFreeName(name, null, call);
      const personId = book.newId(name);
      const badgeHash = badge === null ? null : freeBadge(badge, null, call);
      const person: PersonRecord = { ...NEW, id: personId, name, role, secret: stored, badge: badgeHash };
      const facts = { what: 'person added', person: personId, name, role, second: second.id };
      return { facts, update: { people: [person] }, personId };
    });
    return { personId };
  },

  change: async (wish, call) => {
    const { personId, role, secret, signature, second: secondSignature } = wish;
    const { book, signIn } = call.station;
    changedPerson(wish, recordOf(personId, call).secret, call);
    if (secret !== null) requireGoodSecret(role, secret);
    const { second } = await signTogether({ signature, second: secondSignature }, SECOND_ROLES, call);
    const stored = secret === null ? null : await hashSecret(secret, secretKindOf(role), book.pepper);
    await changeAccess(call, () => {
      requireSigners(second, call);
      const before = recordOf(personId, call);
      const person = changedPerson(wish, stored ?? before.secret, call);
      const facts = { ...changedFacts(before, person), second: second.id };
      const after = (): void => void (secret !== null && signIn.forget(personId));
      return { facts, update: { people: [person] }, after };
    });
    return {};
  },

  unlock: async ({ personId, ...signatures }, call) => {
    if (isSamePerson(recordOf(personId, call), personOf(call))) {
      throw new Denial('SECOND_PERSON_NEEDED', 'Nobody unlocks themselves. Another supervisor has to.', {
        person: personId,
      });
    }
    const { second } = await signTogether(signatures, SECOND_ROLES, call);
    await changeAccess(call, () => {
      requireSigners(second, call);
      const facts = { what: 'unlocked', person: personId, second: second.id };
      const after = (): void => call.station.signIn.forget(personId);
      return { facts, update: { people: [{ ...recordOf(personId, call), locked: false }] }, after };
    });
    return {};
  },

  changeOwnSecret: async ({ secret, newSecret }, call) => {
    const before = recordOf(personOf(call).id, call);
    await authenticate({ personId: before.id, pin: secret }, call);
    requireGoodSecret(before.role, newSecret);
    if (newSecret === secret) throw new Refusal('SECRET_SAME', 'Choose another one than the present one.');
    const proven = recordOf(before.id, call);
    const stored = await hashSecret(newSecret, secretKindOf(before.role), call.station.book.pepper);
    await changeAccess(call, () => {
      const now = unchangedSince(proven, call);
      const facts = { what: 'own PIN or password changed', person: now.id };
      return { facts, update: { people: [{ ...now, secret: stored, chosenByOther: false }] } };
    });
    return {};
  },
};

type Wish = Omit<z.output<typeof contract.people.change.input>, 'signature' | 'second'>;

/** The person as they shall be, judged by what the record says now; `stored` is the string of their secret then. */
function changedPerson(
  { personId, seen, name, role, active, secret, badge }: Wish,
  stored: string,
  call: Call,
): PersonRecord {
  const before = recordOf(personId, call);
  if (before.name !== seen.name || before.role !== seen.role || before.active !== seen.active) {
    throw new Refusal('CHANGED_MEANWHILE', 'This person was changed meanwhile. Look at them again, then sign.');
  }
  if (secret === null) requirePasswordFor(role, before);
  if (NEVER_WITHOUT.has(before.role) && (!active || role !== before.role)) requireAnother(before, call);
  if (active) requireFreeName(name, before, call);
  // A new secret gives the tries back, but to nobody by their own hand.
  const locked = (secret === null || isSamePerson(before, personOf(call))) && before.locked;
  const chosenByOther = secret === null ? before.chosenByOther : personId !== personOf(call).id;
  const after = { id: personId, name, role, active, locked, secret: stored, chosenByOther };
  return { ...after, badge: badgeAfter(badge, before, call) };
}

/** Both who signed may still sign when their change has its turn: the one before it may have been about them. */
export function requireSigners(second: Person, call: Call): void {
  mayStill(personOf(call), call);
  mayStill(second, call);
}

/** Two who read the same could not be told apart, nor could they ever sign beside one another. */
function requireFreeName(name: string, before: PersonRecord | null, { station }: Call): void {
  if (before !== null && before.active && nameKey(before.name) === nameKey(name)) return;
  const others = station.book.people.filter(({ id, active }) => active && id !== before?.id);
  if (!others.some((other) => nameKey(other.name) === nameKey(name))) return;
  throw new Refusal('NAME_TAKEN', 'Somebody here has this name already. Add what tells the two apart.');
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

import type { Person } from '../../../preload/contract/frames.ts';
import type { AccessBook } from '../../access/access-book.ts';
import type { PersonRecord } from '../../access/access-record.ts';
import { hashSecret } from '../../access/pin.ts';
import { nameKey } from '../../access/same-person.ts';
import { newRecoveryCode, plainRecoveryCode } from '../../access/recovery-code.ts';
import { acceptFounding } from '../configuration-hold.ts';
import { Denial, Refusal } from '../refusals.ts';
import { type Call, personOf as personIn } from '../station-context.ts';
import { changeAccess } from './change-access.ts';
import type { GroupHandlers } from './handler.ts';
import { requireGoodSecret, requireSigners, SECOND_ROLES } from './people.ts';
import { signTogether } from './sign-together.ts';

interface NewPerson {
  readonly name: string;
  readonly password: string;
}
interface Pair {
  readonly administrator: NewPerson;
  readonly supervisor: NewPerson;
}

export const enrolment: GroupHandlers<'enrolment'> = {
  state: async (_input, { station }) => {
    const { rootFingerprint, sealed } = await station.options.trail.identity();
    return { needed: station.book.needsEnrolment, rootFingerprint, sealed };
  },

  begin: async (pair, call) => {
    const requireNeeded = (): void => {
      if (!call.station.book.needsEnrolment) {
        throw new Refusal('ALREADY_ENROLLED', 'This station has people already. An administrator adds others.');
      }
    };
    requireNeeded();
    const enrolled = await enrol(pair, 'first people enrolled', requireNeeded, call);
    const { holds, journal } = call.station;
    const { administrator, supervisor } = enrolled;
    const hard = holds.awaitsFounding;
    if (hard !== null) acceptFounding(hard, journal, [administrator.id, supervisor.id]);
    return enrolled;
  },

  newCode: async (signatures, call) => {
    requireCodeGiver(call);
    const { second } = await signTogether(signatures, SECOND_ROLES, call);
    const { recoveryCode, recovery } = await freshCode();
    await changeAccess(call, () => {
      requireSigners(second, call);
      requireCodeGiver(call);
      return { facts: { what: 'new recovery code', second: second.id }, update: { recovery } };
    });
    return { recoveryCode };
  },

  recover: async ({ code, ...pair }, call) => {
    const stored = await requireCode(code, call);
    const requireUnused = (): void => {
      if (call.station.book.recovery !== stored) throw new Denial('CODE_USED', 'This recovery code has been used.');
    };
    return enrol(pair, 'people enrolled by the recovery code', requireUnused, call);
  },
};

/** A record that was taken from a file had no code, and one without an administrator must come to another one. */
function requireCodeGiver(call: Call): void {
  const isHead = personIn(call).role === 'administrator';
  const isLeft = call.station.book.people.some(({ active, role }) => active && role === 'administrator');
  if (isHead || !isLeft) return;
  throw new Denial('NOT_ALLOWED', 'An administrator of this station gives out the recovery code.');
}

/** Hashed without the device's key: the code must still work on the day that key is lost. */
async function freshCode() {
  const recoveryCode = newRecoveryCode();
  return { recoveryCode, recovery: await hashSecret(plainRecoveryCode(recoveryCode), 'password', null) };
}

/** Returns the string of the code that was proven. */
async function requireCode(code: string, { station }: Call): Promise<string> {
  const { book, signIn, options, journal } = station;
  const stored = book.recovery;
  if (stored === null) throw new Refusal('NO_RECOVERY_CODE', 'This station never gave out a recovery code.');
  const answer = await signIn.provesRecovery(plainRecoveryCode(code), stored, options.clock.now());
  if (answer === 'right') return stored;
  journal.note('access.sign-in.failed', { outcome: 'denied', reason: 'wrong recovery code' });
  if (answer.kind !== 'wait') throw new Refusal('SIGN_IN_FAILED', 'This is not the recovery code. Read it again.');
  const seconds = Math.ceil(answer.milliseconds / 1000);
  throw new Refusal('SIGN_IN_DELAYED', `Too many tries. Wait ${seconds} s, then try again.`);
}

/** Both persons and the new code enter the record in one change, or none of them. */
async function enrol({ administrator, supervisor }: Pair, what: string, stillAllowed: () => void, call: Call) {
  const { book } = call.station;
  if (nameKey(administrator.name) === nameKey(supervisor.name)) {
    throw new Denial('TWO_PERSONS_NEEDED', 'Administrator and supervisor have to be two persons.');
  }
  if (administrator.password === supervisor.password) {
    throw new Denial('TWO_PERSONS_NEEDED', 'Each person chooses a password that the other one does not know.');
  }
  const first = await newRecord(administrator, 'administrator', book);
  const other = await newRecord(supervisor, 'supervisor', book);
  const { recoveryCode, recovery } = await freshCode();
  const { enrolled } = await changeAccess(call, () => {
    stillAllowed();
    const admin = { ...first, id: book.newId(first.name) };
    const second = { ...other, id: book.newId(other.name, admin.id) };
    const facts = { what, administrator: admin.id, supervisor: second.id };
    const enrolled = { administrator: personOf(admin), supervisor: personOf(second) };
    return { facts, update: { people: [admin, second], recovery }, enrolled };
  });
  return { recoveryCode, ...enrolled };
}

const NEW = { active: true, locked: false, badge: null, chosenByOther: false } as const;

async function newRecord({ name, password }: NewPerson, role: Person['role'], book: AccessBook) {
  requireGoodSecret(role, password);
  return { ...NEW, name, role, secret: await hashSecret(password, 'password', book.pepper) };
}

const personOf = ({ id, name, role }: PersonRecord): Person => ({ id, name, role });

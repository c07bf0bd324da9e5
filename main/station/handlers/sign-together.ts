import type { z } from 'zod';
import type { Person, signatureSchema } from '../../../preload/contract/frames.ts';
import type { Role } from '../../../preload/contract/leaf.ts';
import { isSamePerson } from '../../access/same-person.ts';
import { Denial, SECRET_FIRST } from '../refusals.ts';
import { actingPerson } from '../sitting.ts';
import { type Call, personOf } from '../station-context.ts';
import { authenticate } from './authenticate.ts';

type Signature = z.output<typeof signatureSchema>;

interface Signatures {
  /** Of the person who asks. */
  readonly signature: Signature;
  readonly second: Signature;
}

interface Signed {
  readonly by: Person;
  readonly second: Person;
}

/**
 * The one way in which two persons sign an act: both prove who they are at this moment by their PIN or password, are two
 * persons and not one under two names, and may still sign after the slow proof (21 CFR 11.200: misuse takes two).
 * @param roles who may sign beside the person who asks, whose own right the leaf has checked
 */
export async function signTogether(
  { signature, second }: Signatures,
  roles: readonly Role[],
  call: Call,
): Promise<Signed> {
  const by = personOf(call);
  requireTwo(by, second.personId, call);
  await signAlone(signature, call);
  const witness = await authenticate(second, call);
  requireOwnSecret(witness, call);
  requireTwo(mayStill(by, call), witness.id, call);
  const now = actingPerson(call.station, witness.id);
  if (now === null || !roles.includes(now.role)) {
    throw new Denial('NOT_ALLOWED', `The second signature is for: ${roles.join(', ')}.`, { second: witness.id });
  }
  return { by, second: now };
}

/** What a person signs, that person signs: who asks proves anew who they are, with the rights they asked with. */
export async function signAlone(signature: Signature, call: Call): Promise<Person> {
  const by = personOf(call);
  if (signature.personId !== by.id) {
    throw new Denial('SIGN_AS_YOURSELF', 'Sign as the person who is signed in here.', { signer: signature.personId });
  }
  await authenticate(signature, call);
  requireOwnSecret(by, call);
  return mayStill(by, call);
}

function requireTwo(by: Person, secondId: string, { station }: Call): void {
  const second = station.book.find(secondId);
  if (second === null || !isSamePerson(by, second)) return;
  throw new Denial('SECOND_PERSON_NEEDED', 'A second person has to sign. You cannot sign for yourself.', {
    second: secondId,
  });
}

/** A secret that somebody else chose is no proof between two: they could sign for both. */
function requireOwnSecret({ id }: Person, { station }: Call): void {
  if (!station.book.owesSecret(id)) return;
  throw new Denial(SECRET_FIRST, 'This person has to sign in and choose their own PIN or password first.', {
    signer: id,
  });
}

/** The person, as long as they have the rights with which they began: the proof took a while. */
export function mayStill({ id, role }: Person, { station }: Call): Person {
  const now = actingPerson(station, id);
  if (now?.role === role) return now;
  throw new Denial('NOT_ALLOWED', 'The rights of a person were changed meanwhile. Look at the screen again.', {
    signer: id,
  });
}

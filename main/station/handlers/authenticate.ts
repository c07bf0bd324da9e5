import type { z } from 'zod';
import type { Person, signatureSchema } from '../../../preload/contract/frames.ts';
import type { Role } from '../../../preload/contract/leaf.ts';
import { Refusal } from '../refusals.ts';
import { type Call, personOf } from '../station-context.ts';

type Signature = z.output<typeof signatureSchema>;

/** Proves who somebody is, now. Failed attempts are rows of their own, with nothing of the PIN. */
export async function authenticate({ personId, pin }: Signature, { station }: Call): Promise<Person> {
  const { options, signIn, journal } = station;
  const answer = await signIn.signIn(personId, pin, options.clock.now());
  const failed = (reason: string, facts: { readonly [fact: string]: string | number }): void =>
    journal.note('access.sign-in.failed', { outcome: 'denied', reason, new: facts });
  switch (answer.kind) {
    case 'signed-in':
      return answer.person;
    case 'unknown-person':
      failed('unknown person', {});
      throw new Refusal('SIGN_IN_FAILED', 'The PIN does not fit. Try again.');
    case 'wrong-pin':
      failed('wrong PIN', { personId, failures: answer.failures });
      throw new Refusal('SIGN_IN_FAILED', 'The PIN does not fit. Try again.');
    case 'wait': {
      const seconds = Math.ceil(answer.milliseconds / 1000);
      failed('has to wait', { personId, seconds });
      throw new Refusal('SIGN_IN_DELAYED', `Too many tries. Wait ${seconds} s, then try again. STOP works without it.`);
    }
  }
}

/**
 * The second of two persons signs, by proving who they are at this moment. Refused for the person who asks and for a
 * role that may not sign: nobody both does and witnesses (21 CFR 11.200: misuse takes two).
 */
export async function countersign(signature: Signature, roles: readonly Role[], call: Call): Promise<Person> {
  if (signature.personId === personOf(call).id) {
    throw new Refusal('SECOND_PERSON_NEEDED', 'A second person has to sign. You cannot sign for yourself.');
  }
  const second = await authenticate(signature, call);
  if (roles.includes(second.role)) return second;
  throw new Refusal('NOT_ALLOWED', `The second signature is for: ${roles.join(', ')}.`);
}

import type { z } from 'zod';
import type { Person, signatureSchema } from '../../../preload/contract/frames.ts';
import { hashSecret, isOutdated, kindOfStored } from '../../access/pin.ts';
import { Refusal } from '../refusals.ts';
import type { Call } from '../station-context.ts';
import { changeAccess } from './change-access.ts';
import { recordOf, unchangedSince } from './person-record.ts';

type Signature = z.output<typeof signatureSchema>;

/** A badge says who comes for as long as it takes to type a PIN (ms). */
const BADGE_COUNTS_FOR = 60_000;

/** By what somebody proves who they are at this seat: a badge names them, PIN or password has to follow it. */
export function methodOf(personId: string, { station, seat }: Call): readonly string[] {
  const person = station.book.find(personId);
  const proof = person === null ? 'pin' : kindOfStored(person.secret);
  const { badge } = seat;
  const isRead = badge?.personId === personId && station.options.clock.now() - badge.readAt <= BADGE_COUNTS_FOR;
  return isRead ? ['badge', proof] : [proof];
}

/** Proves who somebody is, now. Failed attempts are rows of their own, with nothing of the PIN. */
export async function authenticate({ personId, pin }: Signature, call: Call): Promise<Person> {
  const { options, signIn, journal } = call.station;
  const method = [...methodOf(personId, call)];
  const answer = await signIn.signIn(personId, pin, options.clock.now());
  const failed = (reason: string, facts: { readonly [fact: string]: string | number }): void =>
    journal.note('access.sign-in.failed', { outcome: 'denied', reason, new: { ...facts, method } });
  switch (answer.kind) {
    case 'signed-in':
      void renewSecret(personId, pin, call);
      return answer.person;
    case 'unknown-person':
      failed('unknown person', {});
      throw new Refusal('SIGN_IN_FAILED', 'The PIN or password does not fit. Try again.');
    case 'wrong-pin':
      failed('wrong PIN', { personId, failures: answer.failures });
      if (answer.locks) await lockPerson(personId, call);
      throw new Refusal('SIGN_IN_FAILED', 'The PIN or password does not fit. Try again.');
    case 'locked':
      failed('locked', { personId });
      throw new Refusal(
        'PERSON_LOCKED',
        'Locked after ten wrong tries. A supervisor and a second person have to unlock. STOP works without it.',
      );
    case 'wait': {
      const seconds = Math.ceil(answer.milliseconds / 1000);
      failed('has to wait', { personId, seconds });
      throw new Refusal('SIGN_IN_DELAYED', `Too many tries. Wait ${seconds} s, then try again. STOP works without it.`);
    }
  }
}

async function lockPerson(personId: string, call: Call): Promise<void> {
  try {
    await changeAccess(call, () => ({
      facts: { what: 'locked after ten wrong tries', person: personId },
      update: { people: [{ ...recordOf(personId, call), locked: true }] },
    }));
  } catch {
    // The record has raised its own alarm; until it is back, the lock holds in memory (SignIn).
  }
}

/** A string of an older cost, or one that came from the file without this device's key, is made anew once it is proven. */
async function renewSecret(personId: string, secret: string, call: Call): Promise<void> {
  const { book, options } = call.station;
  const before = book.find(personId);
  if (before === null || options.configuration.demonstration || !isOutdated(before.secret, book.pepper)) return;
  const renewed = await hashSecret(secret, kindOfStored(before.secret), book.pepper);
  try {
    await changeAccess(call, () => {
      const now = unchangedSince(before, call);
      const facts = { what: 'secret stored anew', person: personId };
      return { facts, update: { people: [{ ...now, secret: renewed }] } };
    });
  } catch {
    // The old string still works, and the next sign-in tries again; or it is another secret by now.
  }
}

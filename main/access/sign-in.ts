import type { Millisecond } from '../../core/units.ts';
import type { Person } from '../../preload/contract/frames.ts';
import type { PersonConfiguration } from '../configuration/configuration.ts';
import { verifyPin } from './pin.ts';

const FREE_TRIES = 5;
const FIRST_DELAY = 30_000;
const LONGEST_DELAY = 15 * 60_000;

export type SignInAnswer =
  | { readonly kind: 'signed-in'; readonly person: Person }
  | { readonly kind: 'unknown-person' }
  | { readonly kind: 'wrong-pin'; readonly failures: number }
  /** Too many tries; nothing was compared. */
  | { readonly kind: 'wait'; readonly milliseconds: number };

interface Tries {
  readonly failures: number;
  readonly notBefore: number;
}

/** 30 s after the fifth failure, doubling up to 15 minutes: a six-digit PIN is a million guesses. */
export function delayAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(failures - FREE_TRIES, 10));
}

/**
 * Who may sign in. The delay is per person and concerns signing in alone: somebody who is signed in keeps every
 * right, and STOP needs nobody.
 */
export class SignIn {
  readonly #people: ReadonlyMap<string, PersonConfiguration>;
  readonly #tries = new Map<string, Tries>();

  constructor(people: readonly PersonConfiguration[]) {
    this.#people = new Map(people.map((person) => [person.id, person]));
  }

  async signIn(personId: string, pin: string, now: Millisecond): Promise<SignInAnswer> {
    const person = this.#people.get(personId);
    if (person === undefined) return { kind: 'unknown-person' };
    const { failures, notBefore } = this.#tries.get(personId) ?? { failures: 0, notBefore: 0 };
    if (now < notBefore) return { kind: 'wait', milliseconds: notBefore - now };
    // Counted before the slow comparison, so that tries made at the same moment count as well.
    this.#tries.set(personId, { failures: failures + 1, notBefore: now + delayAfter(failures + 1) });
    if (!(await verifyPin(pin, person.pin))) return { kind: 'wrong-pin', failures: failures + 1 };
    this.#tries.delete(personId);
    return { kind: 'signed-in', person: { id: person.id, name: person.name, role: person.role } };
  }
}

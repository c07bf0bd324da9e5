import type { Millisecond } from '../../core/units.ts';
import type { Person } from '../../preload/contract/frames.ts';
import type { AccessBook } from './access-book.ts';
import type { PersonRecord } from './access-record.ts';
import { verifyPin } from './pin.ts';

const FREE_TRIES = 5;
const FIRST_DELAY = 30_000;
const LONGEST_DELAY = 15 * 60_000;
/** Wrong secrets in a row after which two persons have to unlock. */
const LOCK_AT = 10;
/** Tries of the recovery code are counted like those of a person who cannot exist under this id. */
const RECOVERY = 'the recovery code';

export type SignInAnswer =
  | { readonly kind: 'signed-in'; readonly person: Person }
  | { readonly kind: 'unknown-person' }
  /** `locks`: this was the last try; the caller writes the lock down. */
  | { readonly kind: 'wrong-pin'; readonly failures: number; readonly locks: boolean }
  | { readonly kind: 'locked' }
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
 * Who may sign in. Delay and lock are per person and concern signing in alone: somebody who is signed in keeps every
 * right, and STOP needs nobody.
 */
export class SignIn {
  readonly #book: AccessBook;
  readonly #tries = new Map<string, Tries>();

  constructor(book: AccessBook) {
    this.#book = book;
  }

  async signIn(personId: string, secret: string, now: Millisecond): Promise<SignInAnswer> {
    const person = this.#book.find(personId);
    if (person === null || !person.active) return { kind: 'unknown-person' };
    if (this.#isLocked(person)) return { kind: 'locked' };
    const answer = await this.#attempt(personId, secret, person.secret, now);
    if (answer !== 'right') return answer;
    return { kind: 'signed-in', person: { id: person.id, name: person.name, role: person.role } };
  }

  /** Delayed like a person's secret, but never locked: it is the last way back. */
  async provesRecovery(code: string, stored: string, now: Millisecond): Promise<SignInAnswer | 'right'> {
    return this.#attempt(RECOVERY, code, stored, now);
  }

  /** Two persons have unlocked, or the secret is new: the tries begin again. */
  forget(personId: string): void {
    this.#tries.delete(personId);
  }

  /** Also before the record has the lock: a record that cannot be written opens no door. */
  #isLocked({ id, locked }: PersonRecord): boolean {
    return locked || (this.#tries.get(id)?.failures ?? 0) >= LOCK_AT;
  }

  async #attempt(id: string, secret: string, stored: string, now: Millisecond): Promise<SignInAnswer | 'right'> {
    const { failures, notBefore } = this.#tries.get(id) ?? { failures: 0, notBefore: 0 };
    if (now < notBefore) return { kind: 'wait', milliseconds: notBefore - now };
    // Counted before the slow comparison, so that tries made at the same moment count as well.
    this.#tries.set(id, { failures: failures + 1, notBefore: now + delayAfter(failures + 1) });
    const pepper = id === RECOVERY ? null : this.#book.pepper;
    if (await verifyPin(secret, stored, pepper)) {
      this.#tries.delete(id);
      return 'right';
    }
    return { kind: 'wrong-pin', failures: failures + 1, locks: id !== RECOVERY && failures + 1 === LOCK_AT };
  }
}

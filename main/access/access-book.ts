import { createHmac, randomUUID } from 'node:crypto';
import type { AccessChange } from '../../db/trail.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { Person } from '../../preload/contract/frames.ts';
import { accessChangeSchema, type EmergencyRecord, type PersonRecord } from './access-record.ts';

export interface AccessUpdate {
  readonly people?: readonly PersonRecord[];
  readonly emergencies?: readonly EmergencyRecord[];
  readonly recovery?: string;
}

/** Makes a change durable before it counts; rejects with the trail's AppError. */
export type WriteAccess = (change: AccessChange) => Promise<unknown>;

/**
 * Who may use the station, as the record says: the one place that knows people, their secrets, the recovery code and
 * emergencies. What is not in the record does not count.
 */
export class AccessBook {
  readonly #people = new Map<string, PersonRecord>();
  readonly #emergencies = new Map<string, EmergencyRecord>();
  #recovery: string | null = null;
  /** The key of this device; null where there is none (tests). */
  readonly pepper: Buffer | null;
  /** The record's changes of access were tampered with: nobody may sign in or be enrolled, STOP and the signs stay. */
  readonly isDamaged: boolean;

  private constructor(changes: readonly AccessChange[] | null, pepper: Buffer | null) {
    this.pepper = pepper;
    this.isDamaged = changes === null;
    for (const change of changes ?? []) this.#take(accessChangeSchema.parse(change));
  }

  /** @param read gives the changes of the record in their order */
  static async open(read: () => Promise<readonly AccessChange[]>, pepper: Buffer | null): Promise<AccessBook> {
    try {
      return new AccessBook(await read(), pepper);
    } catch (error) {
      if (error instanceof AppError && error.code !== 'RECORD_DAMAGED') throw error;
      return new AccessBook(null, pepper);
    }
  }

  get people(): readonly PersonRecord[] {
    return [...this.#people.values()];
  }

  get emergencies(): readonly EmergencyRecord[] {
    return [...this.#emergencies.values()];
  }

  /** Scrypt string of the recovery code; null where none was ever given out. */
  get recovery(): string | null {
    return this.#recovery;
  }

  /** A station without any people shows the enrolment. */
  get needsEnrolment(): boolean {
    return !this.isDamaged && this.#people.size === 0;
  }

  find(id: string): PersonRecord | null {
    return this.#people.get(id) ?? null;
  }

  /** As others see them; null for whoever is not, or no longer, a person of this station. */
  activePerson(id: string): Person | null {
    const person = this.#people.get(id);
    return person?.active ? { id: person.id, name: person.name, role: person.role } : null;
  }

  /** Their secret was chosen by somebody else, who could sign in their name with it. */
  owesSecret(id: string): boolean {
    return this.#people.get(id)?.chosenByOther ?? false;
  }

  findByBadge(number: string): PersonRecord | null {
    const badge = this.badgeHash(number);
    return this.people.find((person) => person.active && person.badge === badge) ?? null;
  }

  /** A badge number is another system's key to doors, so it is not kept as it is. */
  badgeHash(number: string): string {
    return createHmac('sha256', this.pepper ?? '')
      .update(`badge:${number}`)
      .digest('hex');
  }

  /** An id from the name that nobody had before, also nobody who left; and not `taken`. */
  newId(name: string, taken: string | null = null): string {
    const plain = name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    const base = plain.slice(0, 30) || 'person';
    return this.#people.has(base) || base === taken ? `${base}-${randomUUID().slice(0, 8)}` : base;
  }

  /** Counts once `write` has made it durable. */
  async change(update: AccessUpdate, write: WriteAccess): Promise<void> {
    const { people = [], emergencies = [], recovery = null } = update;
    const change = accessChangeSchema.parse({ people, emergencies, recovery });
    await write(change);
    this.#take(change);
  }

  /** Holds people that could not be written down: the file still names them, and the next start tries again. */
  holdUnwritten(people: readonly PersonRecord[]): void {
    for (const person of people) this.#people.set(person.id, person);
  }

  #take({ people, emergencies, recovery }: ReturnType<typeof accessChangeSchema.parse>): void {
    for (const person of people) this.#people.set(person.id, person);
    for (const emergency of emergencies) this.#emergencies.set(emergency.id, emergency);
    if (recovery !== null) this.#recovery = recovery;
  }
}

import { randomUUID } from 'node:crypto';
import type { Clock } from '../../drivers/kit/clock.ts';
import type { AccessBook } from './access-book.ts';
import type { EmergencyRecord } from './access-record.ts';

/** How long a break-glass lasts, and how long there is to give the reason (ms). */
export const EMERGENCY_MS = 60 * 60_000;

/** An emergency that lasts. */
export interface Lasting {
  readonly id: string;
  readonly personId: string;
  readonly leftMs: number;
}

/**
 * Who works under break-glass at this moment. Time runs on the monotonic clock, so setting the wall clock back prolongs
 * nothing; a restart of the station ends every emergency, and what the record knows of it waits for its review.
 */
export class Emergencies {
  readonly #book: AccessBook;
  readonly #clock: Clock;
  readonly #lasting = new Map<string, { readonly id: string; readonly endsAt: number }>();
  /** When the reason of each emergency of this run is due (monotonic ms). */
  readonly #due = new Map<string, number>();

  constructor(book: AccessBook, clock: Clock) {
    this.#book = book;
    this.#clock = clock;
  }

  lasting(): readonly Lasting[] {
    const now = this.#clock.now();
    return [...this.#lasting].flatMap(([personId, { id, endsAt }]) =>
      endsAt > now ? [{ id, personId, leftMs: Math.ceil(endsAt - now) }] : [],
    );
  }

  of(personId: string): Lasting | null {
    return this.lasting().find((lasting) => lasting.personId === personId) ?? null;
  }

  /** The record to be written; it lasts from `begin` on. */
  static newRecord(personId: string): EmergencyRecord {
    const startedAt = new Date().toISOString();
    const open = { endedAt: null, reason: null, reasonGivenAt: null, reasonLate: false, review: null };
    return { id: `E-${startedAt.slice(0, 10)}-${randomUUID().slice(0, 8)}`, personId, startedAt, ...open };
  }

  begin({ id, personId }: EmergencyRecord): void {
    const endsAt = this.#clock.now() + EMERGENCY_MS;
    this.#lasting.set(personId, { id, endsAt });
    this.#due.set(id, endsAt);
  }

  end(personId: string): void {
    this.#lasting.delete(personId);
  }

  /** The newest emergency of a person that lasts, or whose reason is still missing. */
  ownDuty(personId: string): EmergencyRecord | null {
    const lastingId = this.of(personId)?.id;
    const own = this.#book.emergencies.filter((record) => record.personId === personId).toReversed();
    return own.find(({ id, reason, review }) => id === lastingId || (reason === null && review === null)) ?? null;
  }

  /** The reason is missing though the hour is over, or came after it. Putting the wall clock back makes nothing early. */
  isReasonLate(record: EmergencyRecord): boolean {
    const { id, startedAt, reasonGivenAt, reasonLate } = record;
    if (reasonLate) return true;
    const given = reasonGivenAt === null ? Date.now() : Date.parse(reasonGivenAt);
    const isOverdue = reasonGivenAt === null && this.#clock.now() > (this.#due.get(id) ?? Number.POSITIVE_INFINITY);
    return isOverdue || given - Date.parse(startedAt) > EMERGENCY_MS;
  }

  awaitingReview(): number {
    const lasting = new Set(this.lasting().map(({ id }) => id));
    return this.#book.emergencies.filter(({ id, review }) => review === null && !lasting.has(id)).length;
  }

  /** When it ended, also where nobody wrote that down because time ran out or the station was restarted. */
  endOf({ id, startedAt, endedAt }: EmergencyRecord): string | null {
    if (endedAt !== null || this.lasting().some((lasting) => lasting.id === id)) return endedAt;
    return new Date(Date.parse(startedAt) + EMERGENCY_MS).toISOString();
  }
}

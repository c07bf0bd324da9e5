import type { Person } from '../../preload/contract/frames.ts';
import type { Call, SeatPerson } from './station-context.ts';

/** Idle time after which a seat is locked where the configuration says nothing (ms). */
export const LOCK_AFTER_MS = 3 * 60_000;

type At = Pick<Call, 'station' | 'seat'>;

export function newSeat(): SeatPerson {
  return { person: null, locked: false, badge: null, signedInAt: 0, usedAt: 0 };
}

export function lockAfterMs({ station }: Pick<At, 'station'>): number {
  return station.options.configuration.lockAfterMs ?? LOCK_AFTER_MS;
}

/** Sits somebody down, or unlocks. Nothing of this reaches a chair. `method`: what they proved it by. */
export function sitDown({ station, seat }: At, person: Person, method: readonly string[]): void {
  const before = seat.person;
  const act = before === null ? 'access.sign-in' : before.id === person.id ? 'access.unlock' : 'access.switch';
  station.journal.note(act, {
    by: person.id,
    new: { method: [...method] },
    ...(act === 'access.switch' && before && { old: { person: before.id } }),
  });
  seat.person = person;
  seat.locked = false;
  seat.badge = null;
  seat.signedInAt = station.options.clock.now();
  seat.usedAt = seat.signedInAt;
}

export function lockSeat({ station, seat }: At, reason: string): void {
  if (seat.person === null || seat.locked) return;
  seat.locked = true;
  station.journal.note('access.lock', { by: seat.person.id, reason });
}

export function standUp({ station, seat }: At, reason = ''): void {
  if (seat.person !== null) station.journal.note('access.sign-out', { by: seat.person.id, reason });
  seat.person = null;
  seat.locked = false;
}

/** Somebody worked here: the lock waits. */
export function noteUse({ station, seat }: At): void {
  seat.usedAt = station.options.clock.now();
}

/**
 * Who may act at this seat now, with the rights of now: nobody at a locked seat, nobody who was deactivated since, and
 * under break-glass a clinician and nothing else. Locks a seat that was idle for too long.
 */
export function whoActs({ station, seat }: At): Person | null {
  if (seat.person === null) return null;
  const person = actingPerson(station, seat.person.id);
  if (person === null) {
    standUp({ station, seat }, 'not a person of this station any more');
    return null;
  }
  if (station.options.clock.now() - seat.usedAt >= lockAfterMs({ station })) lockSeat({ station, seat }, 'idle');
  return seat.locked ? null : person;
}

/** A person of this station with the rights of now; null for whoever is none, or none any more. */
export function actingPerson({ book, emergencies }: At['station'], id: string): Person | null {
  const person = book.activePerson(id);
  return person === null || emergencies.of(id) === null ? person : { ...person, role: 'clinician' };
}

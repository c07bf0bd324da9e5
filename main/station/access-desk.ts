import type { PersonId } from '../../core/engine/state.ts';
import type { Actor } from '../../db/trail.ts';
import { AccessBook } from '../access/access-book.ts';
import type { PersonRecord } from '../access/access-record.ts';
import { Emergencies } from '../access/emergencies.ts';
import { kindOfStored } from '../access/pin.ts';
import { SignIn } from '../access/sign-in.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import type { PersonConfiguration } from '../configuration/configuration.ts';
import type { Journal } from './journal.ts';
import type { Recorder } from './recorder.ts';
import type { StationOptions } from './station-types.ts';

/** Everything about people that the station's parts share. */
export interface AccessDesk {
  readonly book: AccessBook;
  readonly signIn: SignIn;
  readonly emergencies: Emergencies;
}

export async function openAccessDesk({ trail, pepper = null, clock }: StationOptions): Promise<AccessDesk> {
  const book = await AccessBook.open(() => trail.accessChanges(), pepper);
  return { book, signIn: new SignIn(book), emergencies: new Emergencies(book, clock) };
}

/** Who a row names. Everything that somebody does under break-glass carries that mark. */
export function actorOf({ book, emergencies }: AccessDesk, id: PersonId): Actor {
  const person = book.find(id);
  const proof = person === null ? 'pin' : kindOfStored(person.secret);
  if (emergencies.of(id) !== null) return { id, role: 'clinician', auth: [proof, 'break-glass'] };
  return { id, role: person?.role ?? 'unknown', auth: [proof] };
}

export function accessFrame({ book, emergencies }: AccessDesk): StationFrame['access'] {
  const nameOf = (id: string): string => book.find(id)?.name ?? id;
  return {
    emergencies: emergencies.lasting().map(({ personId, leftMs }) => ({ person: nameOf(personId), leftMs })),
    awaitingReview: emergencies.awaitingReview(),
  };
}

const recordOf = ({ id, name, role, pin }: PersonConfiguration): PersonRecord => ({
  id,
  name,
  role,
  active: true,
  locked: false,
  secret: pin,
  badge: null,
  chosenByOther: false,
});

/**
 * People of the configuration file enter a record that has nobody, once; from then on the record alone says who is who.
 * Where that cannot be written down they are only held, and the next start tries again.
 */
export async function importPeople(
  { book }: AccessDesk,
  people: readonly PersonConfiguration[],
  { journal, recorder }: { readonly journal: Journal; readonly recorder: Recorder },
): Promise<void> {
  if (!book.needsEnrolment || people.length === 0) return;
  const imported = people.map(recordOf);
  const facts = imported.map(({ id, role }) => ({ id, role }));
  const row = journal.row('access.change', { new: { what: 'people imported from the configuration', people: facts } });
  try {
    await book.change({ people: imported }, (change) => recorder.putAccess(change, row));
  } catch {
    // The recorder has raised the alarm of the record; without people nobody could acknowledge it.
    book.holdUnwritten(imported);
  }
}

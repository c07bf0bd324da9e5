import type { PersonConfiguration } from '../configuration/configuration.ts';
import { AccessBook } from './access-book.ts';
import type { PersonRecord } from './access-record.ts';

/** A person of a test, active, unlocked and without a badge unless it says otherwise. */
export function personRecord(
  details: Partial<PersonRecord> & Pick<PersonRecord, 'id' | 'role' | 'secret'>,
): PersonRecord {
  return { name: details.id, active: true, locked: false, badge: null, chosenByOther: false, ...details };
}

/** The people of a configuration as a record would hold them. */
export function bookOf(people: readonly PersonConfiguration[], pepper: Buffer | null = null): Promise<AccessBook> {
  const records = people.map(({ id, name, role, pin }) => personRecord({ id, name, role, secret: pin }));
  return AccessBook.open(async () => [{ people: records, emergencies: [], recovery: null }], pepper);
}

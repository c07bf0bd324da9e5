import type { PersonRecord } from '../../access/access-record.ts';
import { Refusal } from '../refusals.ts';
import type { Call } from '../station-context.ts';

/** The person as the record has them now, or UNKNOWN_PERSON. */
export function recordOf(personId: string, { station }: Call): PersonRecord {
  const person = station.book.find(personId);
  if (person === null) throw new Refusal('UNKNOWN_PERSON', 'This station does not know that person.');
  return person;
}

/** The same person now; refused where their secret is another than the one that was proven. */
export function unchangedSince({ id, secret }: PersonRecord, call: Call): PersonRecord {
  const now = recordOf(id, call);
  if (now.secret === secret) return now;
  throw new Refusal('CHANGED_MEANWHILE', 'The PIN or password was changed meanwhile. Sign in again, then try again.');
}

import type { DrugBody } from '../../../db/drug-rows.ts';
import type { Person } from '../../../preload/contract/frames.ts';
import { isSamePerson } from '../../access/same-person.ts';
import type { Call } from '../station-context.ts';

/** Whether the person worked in the session with a clinician's rights, as under break-glass, also under another id. */
export function isOwnSession(bodies: readonly DrugBody[], by: Person, { station }: Call): boolean {
  const clinicians = new Set(bodies.flatMap(({ actor }) => (actor?.role === 'clinician' ? [actor.id] : [])));
  return [...clinicians].some((id) => isSamePerson(by, station.book.find(id) ?? { id, name: id }));
}

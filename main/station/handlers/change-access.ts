import type { JsonValue } from '../../../db/trail.ts';
import type { AccessUpdate } from '../../access/access-book.ts';
import type { Call } from '../station-context.ts';

interface ChangeFacts {
  /** In words, for the row. */
  readonly what: string;
  readonly [fact: string]: JsonValue;
}

/** A change of people, recovery code or emergencies and its row, in one; counts once durable. No secret enters the row. */
export async function changeAccess(
  { station, person }: Call,
  facts: ChangeFacts,
  update: AccessUpdate,
  reason = '',
): Promise<void> {
  const row = station.journal.row('access.change', { by: person?.id ?? null, new: facts, reason });
  await station.book.change(update, (change) => station.recorder.putAccess(change, row));
}

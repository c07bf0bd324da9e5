import type { JsonValue } from '../../../db/trail.ts';
import type { AccessUpdate } from '../../access/access-book.ts';
import type { Call } from '../station-context.ts';
import { inTurn } from '../turns.ts';

interface AccessDecision {
  readonly facts: {
    /** In words, for the row. */
    readonly what: string;
    readonly [fact: string]: JsonValue;
  };
  readonly update: AccessUpdate;
  readonly reason?: string;
  /** Follows in the same turn, once the change counts. */
  readonly after?: () => void;
}

/**
 * A change of people, recovery code or emergencies and its row, in one; counts once durable. No secret enters the row.
 * One change after the other: `decide` sees what all before it left, and refuses by throwing, so that of two at the
 * same time none is lost and the second cannot take away what the first had left.
 * Resolves with what was decided.
 */
export function changeAccess<Decision extends AccessDecision>(
  { station, person }: Call,
  decide: () => Decision,
): Promise<Decision> {
  return inTurn(station, 'access', async () => {
    const decided = decide();
    const { facts, update, reason = '', after } = decided;
    const row = station.journal.row('access.change', { by: person?.id ?? null, new: facts, reason });
    await station.book.change(update, (change) => station.recorder.putAccess(change, row));
    after?.();
    return decided;
  });
}

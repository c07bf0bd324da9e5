import type { FactRow, SessionFacts } from '../facts/session-facts.ts';
import { harmless } from './figures.ts';
import { dateShift, Pseudonyms } from './pseudonyms.ts';
import type { DeidentifiedContent } from './variant.ts';

export interface DeidentificationKeys {
  /** Of the station: the same shift for all sessions of a patient, in every export. */
  readonly site: Buffer;
  /** Of this one export, and forgotten after it. */
  readonly export: Buffer;
}

const WITHHELD = 'withheld';

/**
 * The same session without what leads to a person (45 CFR 164.514). Built up from what is known to be harmless, never
 * by taking out what is known to be harmful. In `safe-harbor` times are left as they are: whoever writes them down has
 * to tell them relative to the opening.
 */
export function deidentified(
  facts: SessionFacts,
  content: DeidentifiedContent,
  keys: DeidentificationKeys,
): SessionFacts {
  const names = new Pseudonyms(keys.export);
  const { session, context, order, limits, rows, trends } = facts;
  const shift = content === 'date-shifted' ? dateShift(keys.site, session.patientId) : 0;
  const moved = (utc: string): string => new Date(Date.parse(utc) + shift).toISOString();
  const id = names.of('session', session.id);
  const chair = names.of('chair', session.chairId);
  return {
    session: {
      id,
      chairId: chair,
      patientId: names.of('patient', session.patientId.toLowerCase()),
      patientName: WITHHELD,
      clinician: WITHHELD,
      openedAt: moved(session.openedAt),
      closedAt: session.closedAt === null ? null : moved(session.closedAt),
      state: session.state,
    },
    context: {
      ...context,
      station: WITHHELD,
      timeZone: 'UTC',
      exportedAt: moved(context.exportedAt),
      exportedBy: WITHHELD,
      people: [],
    },
    order: order === null ? null : { ...order, epoch: 0, drugLot: WITHHELD },
    limits,
    rows: rows.map((row, index) => deidentifiedRow(row, index, moved, names)),
    trends: trends.map((chunk) => ({ ...chunk, session: id, chair, startedAt: moved(chunk.startedAt), mono: 0 })),
  };
}

function deidentifiedRow(row: FactRow, index: number, moved: (utc: string) => string, names: Pseudonyms): FactRow {
  const { act, outcome, actor, ts, old, new: figures } = row;
  return {
    // A number in the trail of the station would be a unique code.
    seq: index + 1,
    ts: moved(ts),
    act,
    outcome,
    actor: actor === null ? null : { ...actor, id: names.of(actor.role, actor.id) },
    old: harmless(old),
    new: harmless(figures),
  };
}

import type { FactRow, SessionFacts } from '../facts/session-facts.ts';
import { wordOf } from '../facts/words.ts';
import { harmless, WITHHELD } from './figures.ts';
import { type Disguise, harmlessAccount, harmlessSignOff } from './ledger.ts';
import { harmlessLimits, harmlessOrder, harmlessTrend } from './order.ts';
import { dateShift, Pseudonyms } from './pseudonyms.ts';
import type { DeidentifiedContent } from './variant.ts';

export interface DeidentificationKeys {
  /** Of the station: the same shift for all sessions of a patient, in every export. */
  readonly site: Buffer;
  /** Of this one export, and forgotten after it. */
  readonly export: Buffer;
}

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
  const disguise = disguiseOf(facts, names, moved);
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
      version: context.version,
      simulated: context.simulated,
      station: WITHHELD,
      timeZone: 'UTC',
      exportedAt: moved(context.exportedAt),
      exportedBy: WITHHELD,
      people: [],
    },
    order: order === null ? null : harmlessOrder(order),
    limits: harmlessLimits(limits),
    rows: rows.map((row) => deidentifiedRow(row, disguise)),
    trends: trends.map((chunk) => harmlessTrend(chunk, { session: id, chair, startedAt: moved(chunk.startedAt) })),
    readings: facts.readings.map(({ parameter, value, at }) => ({ parameter, value, at: moved(at) })),
    drug: harmlessAccount(facts.drug, disguise),
    // Free text is not searched for names: it is left out.
    notes: [],
    signOffs: facts.signOffs.map((signOff) => harmlessSignOff(signOff, disguise)),
    // Counts by the program's own names, by its schema.
    alarmLoad: facts.alarmLoad,
    clockPutBackAt: facts.clockPutBackAt === null ? null : disguise.row(facts.clockPutBackAt),
  };
}

function disguiseOf(
  { rows, context }: Pick<SessionFacts, 'rows' | 'context'>,
  names: Pseudonyms,
  moment: Disguise['moment'],
): Disguise {
  // A number in the trail of the station would be a unique code.
  const places = new Map(rows.map(({ seq }, index) => [seq, index + 1]));
  const roles = new Map([
    ...context.people.map(({ id, role }): [string, string] => [id, role]),
    ...rows.flatMap(({ actor }): [string, string][] => (actor === null ? [] : [[actor.id, actor.role]])),
  ]);
  const person = (id: string): string => {
    const role = roles.get(id) ?? '';
    return names.of(ROLES.has(role) ? role : 'person', id);
  };
  return { row: (seq) => places.get(seq) ?? 0, moment, person };
}

const ROLES: ReadonlySet<string> = new Set(['clinician', 'supervisor', 'technician', 'admin']);
const PROOFS: ReadonlySet<string> = new Set(['pin', 'password', 'badge', 'break-glass']);

function deidentifiedRow(row: FactRow, { row: place, moment, person }: Disguise): FactRow {
  const { seq, act, outcome, actor, ts, ref, old, new: figures } = row;
  return {
    seq: place(seq),
    ts: moment(ts),
    act,
    outcome,
    actor:
      actor === null
        ? null
        : {
            id: person(actor.id),
            role: ROLES.has(actor.role) ? actor.role : 'person',
            auth: actor.auth.filter((proof) => PROOFS.has(proof)),
          },
    ...(ref !== undefined && places(ref, place)),
    old: harmless(old),
    new: { ...harmless(figures), ...witnessIn(figures, person) },
  };
}

/** A row that answers one of another session answers none here. */
function places(ref: number, place: Disguise['row']): { readonly ref?: number } {
  return place(ref) === 0 ? {} : { ref: place(ref) };
}

function witnessIn(figures: unknown, person: Disguise['person']): Readonly<Record<string, string>> {
  const witness = wordOf(figures, 'witness');
  return witness === '' ? {} : { witness: person(witness) };
}

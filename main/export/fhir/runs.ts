import type { MedicationAdministration } from '@medplum/fhirtypes';
import type { TrendChunk } from '../../../db/trail.ts';
import type { FactRow, SessionFacts } from '../facts/session-facts.ts';
import { figureOf, wordOf } from '../facts/words.ts';
import { courseOf } from '../facts/series.ts';
import { drugConcept, INTRAVENOUS, quantity } from './codes.ts';
import type { Entries } from './entries.ts';
import { periodOf } from './session.ts';

/** One stretch of infusing, between two changes of phase. */
interface Run {
  readonly from: FactRow;
  /** Null where the record ends while it runs. */
  readonly to: FactRow | null;
}

/** Each run of the pump is one administration, so that a pause is a gap there too. */
export function addRuns(entries: Entries, facts: SessionFacts): void {
  for (const [index, run] of runsOf(facts.rows).entries()) {
    entries.add(`run ${index + 1}`, administration(entries, facts, run));
  }
}

function runsOf(rows: readonly FactRow[]): readonly Run[] {
  const phases = rows.filter(({ act }) => act === 'session.phase');
  return phases.flatMap((from, index) =>
    wordOf(from.new, 'phase') === 'infusing' ? [{ from, to: phases[index + 1] ?? null }] : [],
  );
}

function administration(
  entries: Entries,
  { order, rows, trends }: SessionFacts,
  { from, to }: Run,
): MedicationAdministration {
  const end = to ?? rows.at(-1) ?? from;
  const rate = rateReadBack(trends, Date.parse(from.ts), Date.parse(end.ts));
  const given = (figureOf(end.new, 'deliveredUg') ?? 0) - (figureOf(from.new, 'deliveredUg') ?? 0);
  return {
    resourceType: 'MedicationAdministration',
    status: to === null ? 'unknown' : 'completed',
    medicationCodeableConcept: drugConcept(order?.drug ?? 'not known to this version'),
    subject: entries.to('patient'),
    context: entries.to('visit'),
    partOf: [entries.to('procedure')],
    effectivePeriod: periodOf(from.ts, end.ts),
    device: [entries.to('pump')],
    dosage: {
      text: rate === null ? 'as the pump counted it' : 'as the pump counted it; rate as read back from the pump',
      route: INTRAVENOUS,
      dose: quantity(Math.max(0, given) / 1000, 'mg'),
      ...(rate !== null && { rateQuantity: quantity(rate / 1000, 'mL/h') }),
    },
  };
}

/** The rate that the pump reported longest during a run, in uL/h; null where it reported none. Never the commanded one. */
function rateReadBack(trends: readonly TrendChunk[], from: number, to: number): number | null {
  const seconds = new Map<number, number>();
  for (const { at, value } of courseOf(trends, 'rateUlPerH')) {
    if (value !== null && value > 0 && at >= from && at < to) seconds.set(value, (seconds.get(value) ?? 0) + 1);
  }
  const [longest] = [...seconds].toSorted(([, one], [, other]) => other - one);
  return longest?.[0] ?? null;
}

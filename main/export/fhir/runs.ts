import type { MedicationAdministration } from '@medplum/fhirtypes';
import { massIn, microgramPerMillilitre, microlitre } from '../../../core/units.ts';
import { unseenIn } from '../../../db/drug-account.ts';
import type { TrendChunk } from '../../../db/trail.ts';
import { type Run, runsOf } from '../facts/runs.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { courseOf } from '../facts/series.ts';
import { wordOf } from '../facts/words.ts';
import { drugConcept, INTRAVENOUS, quantity } from './codes.ts';
import type { Entries } from './entries.ts';
import { periodOf } from './session.ts';

const UNKNOWN_DRUG = 'not known to this version';

/** Each run of the pump is one administration, so that a pause is a gap there too. */
export function addRuns(entries: Entries, facts: SessionFacts): void {
  for (const [index, run] of runsOf(facts.rows, facts.order?.concentrationUgPerMl ?? null).entries()) {
    entries.add(`run ${index + 1}`, administration(entries, facts, run));
  }
  const unseen = unseenIn(facts.rows);
  if (unseen !== null && unseen.volumeUl > 0) entries.add('unseen', unseenAdministration(entries, facts, unseen));
}

/** What the pump gave while the station was down, by its counter; where no counter tells, that nobody knows. */
function unseenAdministration(
  entries: Entries,
  { order, rows }: SessionFacts,
  { accounting, volumeUl }: NonNullable<ReturnType<typeof unseenIn>>,
): MedicationAdministration {
  const restart = rows.findIndex(
    ({ act, new: now }) => act === 'session.phase' && wordOf(now, 'phase') === 'interrupted',
  );
  const heard = rows.findLast(({ act }) => act === 'session.gap');
  const dose = massIn(microlitre(volumeUl), microgramPerMillilitre(order?.concentrationUgPerMl ?? 0));
  const isKnown = accounting === 'counted';
  return {
    resourceType: 'MedicationAdministration',
    status: isKnown ? 'completed' : 'unknown',
    medicationCodeableConcept: drugConcept(order?.drug ?? UNKNOWN_DRUG),
    subject: entries.to('patient'),
    context: entries.to('visit'),
    partOf: [entries.to('procedure')],
    effectivePeriod: periodOf(rows[restart - 1]?.ts ?? '', heard?.ts ?? ''),
    device: [entries.to('pump')],
    dosage: {
      text: isKnown
        ? 'while the station was down, as the pump counted it'
        : `while the station was down, not read back: at most ${dose / 1000} mg`,
      route: INTRAVENOUS,
      ...(isKnown && { dose: quantity(dose / 1000, 'mg') }),
    },
  };
}

function administration(entries: Entries, { order, trends }: SessionFacts, run: Run): MedicationAdministration {
  const { from, to, isEndKnown, doseUg } = run;
  const rate = rateReadBack(trends, Date.parse(from), Date.parse(to));
  return {
    resourceType: 'MedicationAdministration',
    status: isEndKnown ? 'completed' : 'unknown',
    medicationCodeableConcept: drugConcept(order?.drug ?? UNKNOWN_DRUG),
    subject: entries.to('patient'),
    context: entries.to('visit'),
    partOf: [entries.to('procedure')],
    effectivePeriod: periodOf(from, to),
    device: [entries.to('pump')],
    dosage: {
      text: rate === null ? 'as the pump counted it' : 'as the pump counted it; rate as read back from the pump',
      route: INTRAVENOUS,
      dose: quantity(doseUg / 1000, 'mg'),
      ...(rate !== null && { rateQuantity: quantity(rate / 1000, 'mL/h') }),
    },
    ...(!isEndKnown && { note: [{ text: END_NOT_KNOWN }] }),
  };
}

const END_NOT_KNOWN =
  'The station ended during this run. The period ends when the pump was last seen to run; how long it went on is not known. ' +
  'What it gave then is not in this dose: it is an administration of its own.';

/** The rate that the pump reported longest during a run, in uL/h; null where it reported none. Never the commanded one. */
function rateReadBack(trends: readonly TrendChunk[], from: number, to: number): number | null {
  const seconds = new Map<number, number>();
  for (const { at, value } of courseOf(trends, 'rateUlPerH')) {
    if (value !== null && value > 0 && at >= from && at < to) seconds.set(value, (seconds.get(value) ?? 0) + 1);
  }
  const [longest] = [...seconds].toSorted(([, one], [, other]) => other - one);
  return longest?.[0] ?? null;
}

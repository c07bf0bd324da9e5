import { BEDSIDE_MISMATCHES, type BedsideField, type BedsideReading } from '../../../preload/contract/bedside.ts';
import { parseDecimal } from '../../../preload/contract/parse-decimal.ts';

/** What is confirmed by a tick. */
export interface Answers {
  readonly identityConfirmed: boolean;
  readonly drugAndConcentrationConfirmed: boolean;
  readonly otherDrugsAndDiseasesReviewed: boolean;
  readonly risksDisclosed: boolean;
}

export const NOTHING_READ: BedsideReading = { patientIdRead: '', drugLotRead: '', concentrationRead: '' };
export const UNANSWERED: Answers = {
  identityConfirmed: false,
  drugAndConcentrationConfirmed: false,
  otherDrugsAndDiseasesReviewed: false,
  risksDisclosed: false,
};

const NAMES: Readonly<Record<BedsideField, string>> = {
  patientIdRead: 'patient id',
  drugLotRead: 'lot',
  concentrationRead: 'concentration',
};
const MISMATCHES: Readonly<Record<BedsideField, string>> = {
  patientIdRead: 'Not the patient of this session',
  drugLotRead: 'Not the lot of this session',
  concentrationRead: 'Not the concentration of the plan',
};

/** Why a field is not accepted: what was typed is no number, or the station refused it. Null: nothing is known against it. */
export function errorOf(field: BedsideField, reading: BedsideReading, refusal: string | null): string | null {
  if (refusal === BEDSIDE_MISMATCHES[field]) return MISMATCHES[field];
  if (field !== 'concentrationRead') return null;
  const typed = parseDecimal(reading.concentrationRead);
  return typed.kind === 'malformed' ? typed.why : null;
}

const isRead = (field: BedsideField, reading: BedsideReading): boolean =>
  reading[field].trim() !== '' && errorOf(field, reading, null) === null;

/** What still stands against confirming the check, in words; empty when nothing does. */
export function stillOpen(reading: BedsideReading, answers: Answers): readonly string[] {
  const unread = Object.entries(NAMES).flatMap(([field, name]) =>
    isRead(field as BedsideField, reading) ? [] : [name],
  );
  const all = Object.values(answers);
  const unconfirmed = all.filter((answer) => !answer).length;
  return [
    ...(unread.length > 0 ? [`Not read: ${unread.join(', ')}`] : []),
    ...(unconfirmed > 0 ? [`${unconfirmed} of ${all.length} not confirmed`] : []),
  ];
}

/** Where Enter leads from a field: the next one that is empty, in a circle. Null when all others are filled in. */
export function nextEmpty(texts: readonly string[], from: number): number | null {
  const inOrder = texts.map((_, step) => (from + 1 + step) % texts.length);
  return inOrder.find((index) => index !== from && texts[index]?.trim() === '') ?? null;
}

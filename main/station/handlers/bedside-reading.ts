import type { SessionBinding } from '../../../core/engine/state.ts';
import { BEDSIDE_MISMATCHES, type BedsideField, type BedsideReading } from '../../../preload/contract/bedside.ts';
import { parseDecimal } from '../../../preload/contract/parse-decimal.ts';
import { isSamePatient } from '../same-patient.ts';

/** Something read at the bedside that is not as in the session. */
interface Mismatch {
  readonly field: BedsideField;
  readonly code: string;
  /** What to do. Never what was expected: that would be typed in instead of read. */
  readonly message: string;
}

const AGAIN = 'or end this session and open the right one.';
const MESSAGES: Readonly<Record<BedsideField, string>> = {
  patientIdRead: `Stop. The patient id that was read is not the one of this session. Look at the patient, ask for the name and read the wristband or card again, ${AGAIN}`,
  drugLotRead: `Stop. The lot that was read is not the one of this session. Look at the syringe and read its label again, take the right syringe, ${AGAIN}`,
  concentrationRead: `Stop. The concentration that was read is not the one of the plan. Look at the syringe and read its label again, take the right syringe, ${AGAIN}`,
};

/**
 * what of a reading does not fit the session, the gravest first; nothing when all of it fits. A concentration that
 * is no plain number is refused and not corrected.
 */
export function mismatchesOf(reading: BedsideReading, session: SessionBinding): readonly Mismatch[] {
  const { patientIdRead, drugLotRead, concentrationRead } = reading;
  const found: Mismatch[] = [];
  if (!isSamePatient(patientIdRead, session.patientId)) found.push(mismatch('patientIdRead'));
  if (!isSameLot(drugLotRead, session.drugLot)) found.push(mismatch('drugLotRead'));
  const concentration = parseDecimal(concentrationRead);
  if (concentration.kind === 'malformed') {
    const message = `The concentration that was read is no number of mg/mL. ${concentration.why} Enter it as the label has it.`;
    found.push({ field: 'concentrationRead', code: 'CHECK_CONCENTRATION_MALFORMED', message });
  } else if (concentration.kind === 'empty' || concentration.thousandths !== session.plan.order.concentration) {
    found.push(mismatch('concentrationRead'));
  }
  return found;
}

const mismatch = (field: BedsideField): Mismatch => ({
  field,
  code: BEDSIDE_MISMATCHES[field],
  message: MESSAGES[field],
});

/**
 * In either case, since letters of a label are typed by hand in both and no maker tells its lots apart by it. Every other
 * sign counts, spaces and hyphens within it too: who typed one too many reads the label again, and nothing is guessed.
 */
const isSameLot = (lot: string, other: string): boolean => lot.toLowerCase() === other.toLowerCase();

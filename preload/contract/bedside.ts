/** What is read at the bedside and compared with the session, the gravest first, with the code of a mismatch. */
export const BEDSIDE_MISMATCHES = {
  patientIdRead: 'CHECK_PATIENT_MISMATCH',
  drugLotRead: 'CHECK_LOT_MISMATCH',
  concentrationRead: 'CHECK_CONCENTRATION_MISMATCH',
} as const;

export type BedsideField = keyof typeof BEDSIDE_MISMATCHES;

/** As it was typed or scanned; the concentration in mg/mL, with decimal comma or point. */
export type BedsideReading = Readonly<Record<BedsideField, string>>;

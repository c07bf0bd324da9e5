/** What a session was opened with, as in the input of `session.open`. */
interface Opened {
  readonly patientId: string;
  readonly drugLot: string;
  readonly order: { readonly concentrationUgPerMl: number };
}

/** For tests: the bedside check of a clinician who read what the session was opened with, and did all that is asked. */
export const rightCheck = ({ patientId, drugLot, order }: Opened) => ({
  patientIdRead: patientId,
  drugLotRead: drugLot,
  concentrationRead: String(order.concentrationUgPerMl / 1000),
  identityConfirmed: true,
  drugAndConcentrationConfirmed: true,
  otherDrugsAndDiseasesReviewed: true,
  risksDisclosed: true,
});

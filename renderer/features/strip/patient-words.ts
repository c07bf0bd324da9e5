import type { ShownSession } from '../../app/shown.ts';

type Patient = Pick<ShownSession, 'patientName' | 'patientId'>;

/** The station names patients to clinicians and supervisors only. */
const NOT_SHOWN = 'Patient not shown';

export const patientOf = (session: Patient | null): string =>
  session === null ? 'No session' : (session.patientName ?? NOT_SHOWN);

/** Name and id, or why there are none. */
export const patientAndId = ({ patientName, patientId }: Patient): readonly [string, string?] =>
  patientName === null || patientId === null ? [NOT_SHOWN] : [patientName, patientId];

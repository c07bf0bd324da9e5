import { z } from 'zod';
import { type Microgram, microgram } from '../../core/units.ts';
import type { AuditRow, Trail } from '../../db/trail.ts';

/** Limits on the dose hold over this time, in however many sessions it is given. A proposal, as the limits are. */
const WINDOW = 24 * 3_600_000;

const givenSchema = z.object({ new: z.object({ deliveredUg: z.number().int().nonnegative() }) });

/** Most drug, in micrograms, that any row of the session names; a row that cannot be read names none. */
function mostGiven(rows: readonly AuditRow[]): number {
  return rows.reduce((most, { body }) => {
    const given = givenSchema.safeParse(JSON.parse(body));
    return given.success ? Math.max(most, given.data.new.deliveredUg) : most;
  }, 0);
}

/**
 * What this patient was given in sessions that were open within the window before `now`, at any chair of this station.
 * Patients are told apart by their id alone, without regard to upper and lower case.
 */
export async function earlierDose(trail: Trail, patientId: string, now: Date): Promise<Microgram> {
  const same = patientId.toLowerCase();
  const sessions = (await trail.sessions()).filter(
    (session) =>
      session.patientId.toLowerCase() === same &&
      (session.closedAt === null || now.getTime() - Date.parse(session.closedAt) < WINDOW),
  );
  const given = await Promise.all(sessions.map(async ({ id }) => mostGiven(await trail.sessionRows(id))));
  return microgram(given.reduce((sum, dose) => sum + dose, 0));
}

import { z } from 'zod';
import { HOUR, type Microgram, type Millisecond, microgram } from '../../core/units.ts';
import type { AuditRow, SessionRecord, Trail } from '../../db/trail.ts';

/** A window that the library may set is at most a day; older sessions are not read. */
const LONGEST = 24 * HOUR;

const rowSchema = z.object({
  ts: z.string(),
  new: z.object({
    deliveredUg: z.number().int().nonnegative().catch(0),
    countedUg: z.number().int().nonnegative().nullable().catch(null),
    doseCeilingUg: z.number().int().nonnegative().catch(0),
  }),
});
type Figures = z.infer<typeof rowSchema>;

/** Drug that one patient was given, or must be taken to have been given, by an instant of the wall clock. */
interface Given {
  readonly at: number;
  readonly dose: number;
}

/** Everything that counts against the limits of one patient at this station, however it was given. */
export class EarlierDose {
  readonly #given: readonly Given[];
  readonly #now: number;

  constructor(given: readonly Given[], now: Date) {
    this.#given = given;
    this.#now = now.getTime();
  }

  /** Within the stretch of time that ends now; a row from the future counts, since a clock that was put back must not hide it. */
  within(over: Millisecond): Microgram {
    const young = this.#given.filter(({ at }) => this.#now - at < over);
    return microgram(young.reduce((sum, { dose }) => sum + dose, 0));
  }
}

/**
 * What this patient was given in earlier sessions, at any chair of this station. An open session counts with all
 * that it may still give, a command or stop without a known outcome with all that the pump was programmed to.
 * Patients are told apart by their id alone, without regard to upper and lower case.
 */
export async function earlierDose(trail: Trail, patientId: string, now: Date): Promise<EarlierDose> {
  const same = patientId.toLowerCase();
  const sessions = (await trail.sessions()).filter(
    ({ patientId: other, closedAt }) =>
      other.toLowerCase() === same && (closedAt === null || now.getTime() - Date.parse(closedAt) < LONGEST),
  );
  const given = await Promise.all(
    sessions.map(async (session) => givenIn(session, await trail.sessionRows(session.id), now)),
  );
  return new EarlierDose(given.flat(), now);
}

function givenIn({ closedAt, state }: SessionRecord, bodies: readonly AuditRow[], at: Date): readonly Given[] {
  const rows = bodies.flatMap(({ body }): Figures[] => {
    const row = rowSchema.safeParse(JSON.parse(body));
    return row.success ? [row.data] : [];
  });
  const now = at.getTime();
  // An open session is of now, as a whole.
  const closed = closedAt === null ? now : Date.parse(closedAt);
  const given: Given[] = [];
  let most = 0;
  for (const { ts, new: figures } of rows) {
    const when = closedAt === null ? now : Date.parse(ts);
    if (figures.deliveredUg > most) given.push({ at: when, dose: figures.deliveredUg - most });
    most = Math.max(most, figures.deliveredUg);
  }
  const last = rows.findLast(({ new: figures }) => figures.countedUg !== null)?.new.countedUg ?? 0;
  const ceiling = state === 'open' ? Math.max(0, ...rows.map(({ new: figures }) => figures.doseCeilingUg)) : 0;
  const unseen = Math.max(last, ceiling) - most;
  return unseen > 0 ? [...given, { at: closed, dose: unseen }] : given;
}

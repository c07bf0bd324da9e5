import { z } from 'zod';
import { HOUR, type Microgram, type Millisecond, microgram } from '../../core/units.ts';
import type { AuditRow, SessionRecord, Trail } from '../../db/trail.ts';
import { isSamePatient } from './same-patient.ts';
import { type Instant, timeSince } from './time-since.ts';

/** A window that the library may set is at most a day; older sessions do not count. */
const LONGEST = 24 * HOUR;

const rowSchema = z.object({
  seq: z.number().int(),
  ts: z.string(),
  mono: z.number().catch(Number.NaN),
  new: z.object({
    machineBoot: z.string().catch(''),
    drug: z.string().catch(''),
    deliveredUg: z.number().int().nonnegative().catch(0),
    countedUg: z.number().int().nonnegative().nullable().catch(null),
    doseCeilingUg: z.number().int().nonnegative().catch(0),
    runningTimeMs: z.number().int().nonnegative().catch(0),
  }),
});
type Figures = z.infer<typeof rowSchema>;

/** Drug that one patient was given, or must be taken to have been given. */
export interface Given {
  /** How long ago at most, in milliseconds; negative by a wall clock that was put back since. */
  readonly ago: number;
  /** In micrograms. */
  readonly dose: number;
  readonly drug: string;
}

/** Everything that counts against the limits of one patient at this station, however it was given. */
export class EarlierDose {
  readonly #given: readonly Given[];

  constructor(given: readonly Given[]) {
    this.#given = given;
  }

  /** Within the stretch of time that ends now; a row from the future counts, since a clock that was put back must not hide it. */
  within(over: Millisecond): Microgram {
    const young = this.#given.filter(({ ago }) => ago < over);
    return microgram(young.reduce((sum, { dose }) => sum + dose, 0));
  }

  /** What was given of one drug, in no order. */
  of(drug: string): readonly Given[] {
    return this.#given.filter((one) => one.drug === drug);
  }
}

/**
 * What this patient was given in earlier sessions, at any chair of this station. An open session counts with all
 * that it may still give, a command or stop without a known outcome with all that the pump was programmed to.
 * Patients are told apart by their id alone, without regard to upper and lower case.
 *
 * How long ago that was is the shortest of what the clocks say (time-since.ts): a wall clock put forward makes no dose look older.
 */
export async function earlierDose(trail: Trail, patientId: string, now: Instant): Promise<EarlierDose> {
  const sessions = (await trail.sessions()).filter(({ patientId: other }) => isSamePatient(other, patientId));
  const steps = await trail.clockSteps();
  const given: Given[] = [];
  for (const session of sessions) {
    const rows = figuresIn(await trail.sessionRows(session.id));
    const isOfThisBoot = rows.some(({ new: { machineBoot } }) => machineBoot === now.boot);
    const ofSession = givenIn(session, rows, (row) => timeSince(row, now, steps, isOfThisBoot));
    if (ofSession.some(({ ago }) => ago < LONGEST)) given.push(...ofSession);
  }
  return new EarlierDose(given);
}

function figuresIn(bodies: readonly AuditRow[]): readonly Figures[] {
  return bodies.flatMap(({ body }): Figures[] => {
    const row = rowSchema.safeParse(JSON.parse(body));
    return row.success ? [row.data] : [];
  });
}

function givenIn(
  { closedAt, state }: SessionRecord,
  rows: readonly Figures[],
  since: (row: Figures) => number,
): readonly Given[] {
  const drug = rows.find(({ new: figures }) => figures.drug !== '')?.new.drug ?? '';
  // An open session is of now, as a whole.
  const ago = (row: Figures | undefined): number => (closedAt === null || row === undefined ? 0 : since(row));
  const given: Given[] = [];
  let most = 0;
  for (const row of rows) {
    const { deliveredUg } = row.new;
    if (deliveredUg > most) given.push({ ago: ago(row), dose: deliveredUg - most, drug });
    most = Math.max(most, deliveredUg);
  }
  const last = rows.findLast(({ new: figures }) => figures.countedUg !== null)?.new.countedUg ?? 0;
  const ceiling = state === 'open' ? Math.max(0, ...rows.map(({ new: figures }) => figures.doseCeilingUg)) : 0;
  const unseen = Math.max(last, ceiling) - most;
  // What nobody heard may have flowed for as long as the program lasts.
  const program = Math.max(0, ...rows.map(({ new: figures }) => figures.runningTimeMs));
  return unseen > 0 ? [...given, { ago: ago(rows.at(-1)) - program, dose: unseen, drug }] : given;
}

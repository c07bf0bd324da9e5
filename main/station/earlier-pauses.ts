import { z } from 'zod';
import { ALARMS } from '../../core/alarms.ts';
import type { EngineState, Pause, PauseCause } from '../../core/engine/state.ts';
import type { Millisecond } from '../../core/units.ts';
import { PARAMETERS } from '../../core/vitals.ts';
import type { ClockStepRow } from '../../db/clock-steps.ts';
import type { AuditRow, SessionRecord, Trail } from '../../db/trail.ts';
import type { Journal } from './journal.ts';
import { MACHINE_BOOT } from './machine-boot.ts';
import { isSamePatient } from './same-patient.ts';
import { type Instant, timeSince } from './time-since.ts';

/** What of repeated pauses outlives a session and a restart. */
export interface KnownPauses extends Pick<EngineState, 'pauses' | 'lockedBy'> {
  /** A row cannot be read that may have said more: the chair is locked for that. */
  readonly isUnread: boolean;
}

const NONE: KnownPauses = { pauses: [], lockedBy: null, isUnread: false };
/** A row that cannot be read may have said that the chair is locked. */
const UNREADABLE: KnownPauses = { pauses: [], lockedBy: 'supervision', isUnread: true };
/** One pause that two chairs know has two times, which differ by how their rows were written (ms). */
const SAME_PAUSE = 2_000;

/** Writes the pauses that count at a chair down whenever they change, and once more into each session they go on into. */
export function notePauses(before: EngineState, after: EngineState, at: Millisecond, journal: Journal): void {
  const { session, pauses, lockedBy } = after;
  if (session === null) return;
  const isCarried = before.session !== session && (pauses.length > 0 || lockedBy !== null);
  if (!isCarried && before.pauses === pauses && before.lockedBy === lockedBy) return;
  const counted = pauses.map((pause) => ({ cause: pause.cause, agoMs: Math.round(at - pause.at) }));
  journal.note('chair.pauses', { new: { machineBoot: MACHINE_BOOT, lockedBy, counted } });
}

/** The pauses that count at a chair when the station starts. */
export function earlierPauses(trail: Trail, chairId: string, now: Instant): Promise<KnownPauses> {
  return newestKnown(trail, (session) => session.chairId === chairId, now);
}

/**
 * what counts at a chair once this patient sits there: what counted before, and what counted where they sat last.
 * Null where that adds nothing.
 */
export async function pausesOfPatient(
  trail: Trail,
  patientId: string,
  here: KnownPauses,
  now: Instant,
): Promise<KnownPauses | null> {
  const there = await newestKnown(trail, (session) => isSamePatient(session.patientId, patientId), now);
  const isHere = (pause: Pause): boolean =>
    here.pauses.some(({ cause, at }) => cause === pause.cause && Math.abs(at - pause.at) <= SAME_PAUSE);
  const carried = there.pauses.filter((pause) => !isHere(pause));
  const isLockCarried = here.lockedBy === null && there.lockedBy !== null;
  if (carried.length === 0 && !isLockCarried) return null;
  const pauses = [...here.pauses, ...carried].toSorted((a, b) => a.at - b.at);
  return isLockCarried ? { ...there, pauses } : { ...here, pauses };
}

/**
 * The newest of these sessions that ran, the last in the list, knows all pauses. How long ago they were is the shortest of what
 * the clocks say (time-since.ts): a wall clock put forward makes no pause older.
 */
async function newestKnown(
  trail: Trail,
  isOne: (session: SessionRecord) => boolean,
  now: Instant,
): Promise<KnownPauses> {
  const sessions = (await trail.sessions()).filter(isOne);
  for (const session of sessions.toReversed()) {
    const rows = (await trail.sessionRows(session.id)).map(readRow);
    const known = rows.findLast((row) => row === null || row.act === 'chair.pauses');
    // Verification names the damage; what was written after it is whole again.
    if (known === null) return UNREADABLE;
    if (known !== undefined) return knownIn(known, now, await trail.clockSteps());
    // A session that was refused while it was opened never reached the engine and knows nothing.
    if (rows.some((row) => row?.act === 'session.phase')) return NONE;
  }
  return NONE;
}

const isCause = (cause: unknown): cause is PauseCause =>
  typeof cause === 'string' &&
  (cause === 'person' || cause === 'supervision' || Object.hasOwn(ALARMS, cause) || Object.hasOwn(PARAMETERS, cause));

const cause = z.custom<PauseCause>(isCause);
const rowSchema = z.object({
  seq: z.number(),
  act: z.string(),
  ts: z.string(),
  mono: z.number(),
  new: z.unknown().optional(),
});
const figuresSchema = z.object({
  machineBoot: z.string(),
  lockedBy: cause.nullable(),
  counted: z.array(z.object({ cause, agoMs: z.number() })),
});
type Row = z.infer<typeof rowSchema>;

/** Null: it cannot be read, so that nobody knows whether it was about pauses. */
function readRow({ body }: AuditRow): Row | null {
  try {
    return rowSchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

function knownIn(row: Row, now: Instant, steps: readonly ClockStepRow[]): KnownPauses {
  const read = figuresSchema.safeParse(row.new);
  if (!read.success) return UNREADABLE;
  const { machineBoot, lockedBy, counted } = read.data;
  // A clock put back since would have it happen after now.
  const since = Math.max(0, timeSince(row, now, steps, machineBoot === now.boot));
  const pauses = counted.map((pause): Pause => {
    const at = Math.floor(now.mono - since - pause.agoMs) as Millisecond;
    return { cause: pause.cause, at };
  });
  return { pauses, lockedBy, isUnread: false };
}

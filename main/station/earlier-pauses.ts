import { z } from 'zod';
import { ALARMS } from '../../core/alarms.ts';
import type { EngineState, Pause, PauseCause } from '../../core/engine/state.ts';
import type { Millisecond } from '../../core/units.ts';
import { PARAMETERS } from '../../core/vitals.ts';
import type { AuditRow, Trail } from '../../db/trail.ts';
import type { Instant } from './earlier-dose.ts';
import type { Journal } from './journal.ts';
import { MACHINE_BOOT } from './machine-boot.ts';

/** What of repeated pauses outlives a session and a restart. */
export type KnownPauses = Pick<EngineState, 'pauses' | 'lockedBy'>;

const NONE: KnownPauses = { pauses: [], lockedBy: null };

/** Writes the pauses that count at a chair down whenever they change, and once more into each session they go on into. */
export function notePauses(before: EngineState, after: EngineState, at: Millisecond, journal: Journal): void {
  const { session, pauses, lockedBy } = after;
  if (session === null) return;
  const isCarried = before.session !== session && (pauses.length > 0 || lockedBy !== null);
  if (!isCarried && before.pauses === pauses && before.lockedBy === lockedBy) return;
  const counted = pauses.map((pause) => ({ cause: pause.cause, agoMs: Math.round(at - pause.at) }));
  journal.note('chair.pauses', { new: { machineBoot: MACHINE_BOOT, lockedBy, counted } });
}

/**
 * The pauses that count at a chair when the station starts. The newest session that ran there, the last in the list, knows
 * them all. How long ago they were is the shorter of what the wall clock and, where the machine ran on, its own clock say.
 */
export async function earlierPauses(trail: Trail, chairId: string, now: Instant): Promise<KnownPauses> {
  const sessions = (await trail.sessions()).filter((session) => session.chairId === chairId);
  for (const session of sessions.toReversed()) {
    const rows = (await trail.sessionRows(session.id)).flatMap(readRow);
    const known = rows.findLast(({ act }) => act === 'chair.pauses');
    if (known !== undefined) return knownIn(known, now);
    // A session that was refused while it was opened never reached the engine and knows nothing.
    if (rows.some(({ act }) => act === 'session.phase')) return NONE;
  }
  return NONE;
}

const isCause = (cause: unknown): cause is PauseCause =>
  typeof cause === 'string' &&
  (cause === 'person' || cause === 'supervision' || Object.hasOwn(ALARMS, cause) || Object.hasOwn(PARAMETERS, cause));

const cause = z.custom<PauseCause>(isCause);
const rowSchema = z.object({ act: z.string(), ts: z.string(), mono: z.number(), new: z.unknown() });
/** A row that cannot be read may have said that the chair is locked. */
const UNREADABLE: KnownPauses = { pauses: [], lockedBy: 'supervision' };
const figuresSchema = z.object({
  machineBoot: z.string(),
  lockedBy: cause.nullable(),
  counted: z.array(z.object({ cause, agoMs: z.number() })),
});
type Row = z.infer<typeof rowSchema>;

function readRow({ body }: AuditRow): Row[] {
  try {
    return [rowSchema.parse(JSON.parse(body))];
  } catch {
    return []; // Verification names the damage; the other rows still count.
  }
}

function knownIn({ ts, mono, new: figures }: Row, now: Instant): KnownPauses {
  const read = figuresSchema.safeParse(figures);
  if (!read.success) return UNREADABLE;
  const { machineBoot, lockedBy, counted } = read.data;
  const byWall = Math.max(0, now.wall.getTime() - Date.parse(ts));
  const isOfThisBoot = machineBoot === now.boot && now.mono >= mono;
  // A wall clock put forward makes no pause older.
  const since = isOfThisBoot ? Math.min(byWall, now.mono - mono) : byWall;
  const pauses = counted.map((pause): Pause => {
    const at = Math.floor(now.mono - since - pause.agoMs) as Millisecond;
    return { cause: pause.cause, at };
  });
  return { pauses, lockedBy };
}

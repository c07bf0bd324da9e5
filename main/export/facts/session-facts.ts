import { z } from 'zod';
import { type DrugAccount, drugAccount } from '../../../db/drug-account.ts';
import { type SignOff, signOffs } from '../../../db/sign-off.ts';
import type { SessionRecord, TrendChunk } from '../../../db/trail.ts';
import type { AlarmLoadView } from '../../../preload/contract/alarms.ts';
import { type OpenRow, parseOpenRow } from '../../station/open-row.ts';
import { alarmLoadIn } from '../alarm-load.ts';
import type { ExportContext } from './context.ts';
import { type LimitFact, limitsOf } from './limits.ts';
import { type NoteFact, notesOf } from './notes.ts';
import { type Reading, readingsOf } from './readings.ts';
import { type Clocked, toldTimes } from './told-times.ts';
import { figureOf } from './words.ts';

const clockSchema = z.object({ ts: z.iso.datetime(), mono: z.number(), boot: z.string() });

const rowSchema = z.object({
  seq: z.number(),
  ts: z.iso.datetime(),
  act: z.string(),
  outcome: z.string(),
  actor: z.object({ id: z.string(), role: z.string(), auth: z.array(z.string()) }).nullable(),
  old: z.json().optional(),
  new: z.json().optional(),
  reason: z.string().optional(),
  ref: z.int().optional(),
});

/** Whether a body can be told of at all; a damaged one may not be. */
export function isFactRow(body: string): boolean {
  try {
    const row: unknown = JSON.parse(body);
    return rowSchema.safeParse(row).success && clockSchema.safeParse(row).success;
  } catch {
    return false; // Not JSON: verification names the damage.
  }
}

/** One row of the record, as far as readers are told of it. Times are UTC, and in the order of the rows (told-times.ts). */
export type FactRow = z.infer<typeof rowSchema>;

/** One session in the words of its record: what a report, an exchange file or a de-identified table is made from. */
export interface SessionFacts {
  readonly session: SessionRecord;
  readonly context: ExportContext;
  /** The order and its plan; null where the opening row is of another version. */
  readonly order: OpenRow | null;
  readonly limits: readonly LimitFact[];
  readonly rows: readonly FactRow[];
  readonly trends: readonly TrendChunk[];
  readonly readings: readonly Reading[];
  readonly drug: DrugAccount;
  readonly notes: readonly NoteFact[];
  readonly signOffs: readonly SignOff[];
  /** Null before the session was closed. */
  readonly alarmLoad: AlarmLoadView | null;
  /** Row from which on the times are not those of the wall clock, which had been put back; null: it never was. */
  readonly clockPutBackAt: number | null;
}

/** What the facts are read from. */
interface Sources {
  readonly session: SessionRecord;
  /** Canonical JSON of each row. */
  readonly bodies: readonly string[];
  readonly trends: readonly TrendChunk[];
  readonly engineChunks: readonly string[];
}

/** Throws ZodError for a row that is none of this record. */
export function sessionFacts(sources: Sources, context: ExportContext): SessionFacts {
  const { bodies, engineChunks } = sources;
  const written = bodies.map((body) => rowSchema.parse(JSON.parse(body)));
  const clocks = bodies.map((body) => clockSchema.parse(JSON.parse(body)));
  const told = toldTimes(clocks);
  const rows = written.map((row, index) => ({ ...row, ts: told[index] ?? row.ts }));
  return {
    session: toldSession(sources.session, rows),
    context,
    order: parseOpenRow(rows.find(({ act }) => act === 'session.open')?.new),
    limits: limitsOf(engineChunks[0], rows.find(({ act }) => act === 'limit.patient')?.new),
    rows,
    trends: toldTrends(
      sources.trends,
      clocks.filter((_, index) => written[index]?.act === 'trend.chunk'),
    ),
    readings: readingsOf(bodies, engineChunks),
    drug: drugAccount(rows),
    notes: notesOf(rows),
    signOffs: signOffs(rows),
    alarmLoad: alarmLoadIn(bodies),
    clockPutBackAt: rows.find(({ ts }, index) => ts !== written[index]?.ts)?.seq ?? null,
  };
}

function toldSession(session: SessionRecord, rows: readonly FactRow[]): SessionRecord {
  const closing = rows.find(({ act }) => act === 'session.close');
  return session.closedAt === null || closing === undefined ? session : { ...session, closedAt: closing.ts };
}

/** @param vouching clocks of the rows that vouch for the minutes, one each */
function toldTrends(trends: readonly TrendChunk[], vouching: readonly Clocked[]): readonly TrendChunk[] {
  const moments = trends.map(({ startedAt, mono }, index) => ({
    ts: startedAt,
    mono,
    boot: vouching[index]?.boot ?? '',
  }));
  const told = toldTimes(moments, true);
  return trends.map((chunk, index) => ({ ...chunk, startedAt: told[index] ?? chunk.startedAt }));
}

/** What the pump had given by its own counter: the largest figure any row names. */
export function givenIn({ rows }: Pick<SessionFacts, 'rows'>): { readonly volumeUl: number; readonly doseUg: number } {
  const largest = (name: string): number =>
    rows.reduce((most, { new: figures }) => Math.max(most, figureOf(figures, name) ?? 0), 0);
  return { volumeUl: largest('deliveredUl'), doseUg: largest('deliveredUg') };
}

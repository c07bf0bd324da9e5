import { z } from 'zod';
import type { SessionRecord, TrendChunk } from '../../../db/trail.ts';
import { type OpenRow, parseOpenRow } from '../../station/open-row.ts';
import type { ExportContext } from './context.ts';
import { type LimitFact, limitsOf } from './limits.ts';

const rowSchema = z.object({
  seq: z.number(),
  ts: z.iso.datetime(),
  act: z.string(),
  outcome: z.string(),
  actor: z.object({ id: z.string(), role: z.string(), auth: z.array(z.string()) }).nullable(),
  old: z.unknown().optional(),
  new: z.unknown().optional(),
  reason: z.string().optional(),
});

/** One row of the record, as far as readers are told of it. Times are UTC. */
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
  const { session, bodies, trends, engineChunks } = sources;
  const rows = bodies.map((body) => rowSchema.parse(JSON.parse(body)));
  return {
    session,
    context,
    order: parseOpenRow(rows.find(({ act }) => act === 'session.open')?.new),
    limits: limitsOf(engineChunks[0]),
    rows,
    trends,
  };
}

/** A whole number among the figures of a row; null where there is none of that name. */
export function figureOf(container: unknown, name: string): number | null {
  return z.object({ [name]: z.number() }).safeParse(container).data?.[name] ?? null;
}

/** A word among the figures of a row; empty where there is none of that name. */
export function wordOf(container: unknown, name: string): string {
  return z.object({ [name]: z.string() }).safeParse(container).data?.[name] ?? '';
}

/** What the pump had given by its own counter: the largest figure any row names. */
export function givenIn({ rows }: Pick<SessionFacts, 'rows'>): { readonly volumeUl: number; readonly doseUg: number } {
  const largest = (name: string): number =>
    rows.reduce((most, { new: figures }) => Math.max(most, figureOf(figures, name) ?? 0), 0);
  return { volumeUl: largest('deliveredUl'), doseUg: largest('deliveredUg') };
}

import { z } from 'zod';
import type { SessionBinding } from '../../core/engine/state.ts';
import type { AuditRow, SessionRecord, Trail, TrendChunk } from '../../db/trail.ts';
import { type FindingView, findingSchema } from '../../preload/contract/frames.ts';
import type { SessionDetails } from './frames.ts';
import { bindingFrom, parseOpenRow } from './open-row.ts';

/** A session that was open when the station last ended, as far as the record knows it. */
export interface InterruptedSession {
  readonly record: SessionRecord;
  /** Null when its opening row cannot be read: then only the record is closed. */
  readonly known: { readonly binding: SessionBinding; readonly details: SessionDetails } | null;
  /** Largest delivered volume that the record names, in microlitres; the last seconds before a kill may be missing. */
  readonly delivered: number;
}

/** Finds what was left open, oldest first. */
export async function findInterrupted(trail: Trail): Promise<readonly InterruptedSession[]> {
  const open = (await trail.sessions()).filter(({ state }) => state === 'open');
  const found = open.map(async (record): Promise<InterruptedSession> => {
    const rows = (await trail.sessionRows(record.id)).map(readRow);
    const trends = await trail.sessionTrends(record.id);
    return { record, known: knownSession(record, rows), delivered: deliveredIn(rows, trends) };
  });
  const sessions = await Promise.all(found);
  return sessions.toSorted((one, other) => one.record.openedAt.localeCompare(other.record.openedAt));
}

const rowSchema = z.object({ act: z.string(), reason: z.string().default(''), new: z.unknown().optional() });
const deliveredSchema = z.object({ deliveredUl: z.number().int().nonnegative() });
type Row = z.infer<typeof rowSchema>;

function readRow({ body }: AuditRow): Row {
  try {
    return rowSchema.parse(JSON.parse(body));
  } catch {
    return { act: 'unreadable', reason: '' }; // Verification names the damage; the other rows still count.
  }
}

function knownSession(record: SessionRecord, rows: readonly Row[]): InterruptedSession['known'] {
  const opening = parseOpenRow(rows.find(({ act }) => act === 'session.open')?.new);
  if (opening === null) return null;
  const { patientName, clinician, openedAt } = record;
  const entry = { drug: opening.drug, careArea: opening.careArea };
  return {
    binding: bindingFrom(opening, record.id, record.patientId),
    details: { patientName, clinician, openedAt, entry, overrides: rows.flatMap(overridesIn) },
  };
}

const overrideSchema = z.object({
  findings: z.array(findingSchema.extend({ value: z.coerce.number(), limit: z.coerce.number() })),
});

function overridesIn({ act, reason, new: figures }: Row): { finding: FindingView; reason: string }[] {
  if (act !== 'limit.override') return [];
  return overrideSchema.safeParse(figures).data?.findings.map((finding) => ({ finding, reason })) ?? [];
}

function deliveredIn(rows: readonly Row[], trends: readonly TrendChunk[]): number {
  const fromRows = rows.map((row) => deliveredSchema.safeParse(row.new).data?.deliveredUl ?? 0);
  const fromTrends = trends.flatMap(({ deliveredUl }) => deliveredUl.map((volume) => volume ?? 0));
  return [...fromRows, ...fromTrends].reduce((most, volume) => Math.max(most, volume), 0);
}

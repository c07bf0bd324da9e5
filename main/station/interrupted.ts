import { z } from 'zod';
import type { SessionBinding } from '../../core/engine/state.ts';
import type { LeftBehind } from '../../core/engine/unseen.ts';
import type { AuditRow, SessionRecord, Trail, TrendChunk } from '../../db/trail.ts';
import { type FindingView, findingSchema } from '../../preload/contract/frames.ts';
import { massIn, microlitre } from '../../core/units.ts';
import type { DevicePort } from '../devices/messages.ts';
import type { SessionDetails } from './frames.ts';
import { leftBehind } from './left-behind.ts';
import { bindingFrom, parseOpenRow } from './open-row.ts';

/** What the record says of such a session. */
export interface KnownSession {
  readonly binding: SessionBinding;
  readonly details: SessionDetails;
  /** What it knew of its pump, at a chair that has this one, or none any more. */
  readonly left: (pump: DevicePort | null) => LeftBehind | null;
}

/** A session that was open when the station last ended, as far as the record knows it. */
export interface InterruptedSession {
  readonly record: SessionRecord;
  /** Null when its opening row cannot be read: then only the record is closed. */
  readonly known: KnownSession | null;
  /** Largest delivered volume that the record names, in microlitres; the last seconds before a kill may be missing. */
  readonly delivered: number;
}

/** Finds what was left open, oldest first. */
export async function findInterrupted(trail: Trail): Promise<readonly InterruptedSession[]> {
  const open = (await trail.sessions()).filter(({ state }) => state === 'open');
  const found = open.map(async (record): Promise<InterruptedSession> => {
    const rows = (await trail.sessionRows(record.id)).map(readRow);
    const trends = await trail.sessionTrends(record.id);
    const delivered = deliveredIn(rows, trends);
    return { record, known: knownSession(record, rows, delivered), delivered };
  });
  const sessions = await Promise.all(found);
  return sessions.toSorted((one, other) => one.record.openedAt.localeCompare(other.record.openedAt));
}

const rowSchema = z.object({
  act: z.string(),
  outcome: z.string().default(''),
  reason: z.string().default(''),
  new: z.unknown().optional(),
});
const deliveredSchema = z.object({ deliveredUl: z.number().int().nonnegative() });
type Row = z.infer<typeof rowSchema>;

function readRow({ body }: AuditRow): Row {
  try {
    return rowSchema.parse(JSON.parse(body));
  } catch {
    return { act: 'unreadable', outcome: '', reason: '' }; // Verification names the damage; the other rows still count.
  }
}

function knownSession(record: SessionRecord, rows: readonly Row[], delivered: number): KnownSession | null {
  const opening = parseOpenRow(rows.find(({ act }) => act === 'session.open')?.new);
  if (opening === null) return null;
  const { patientName, clinician, openedAt } = record;
  const entry = { drug: opening.drug, careArea: opening.careArea };
  const binding = bindingFrom(opening, record.id, record.patientId);
  return {
    binding,
    left: (pump) => leftBehind(rows, binding, delivered, pump),
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

/** Figures of a session that is closed without waiting for its pump: all that the pump may have given is lost, and counts. */
export function closedUnheard({ known, delivered }: InterruptedSession) {
  if (known === null) return { state: 'interrupted', deliveredUl: delivered };
  const { concentration } = known.binding.plan.order;
  const left = known.left(null);
  const dose = (volume: number) => massIn(microlitre(volume), concentration);
  return {
    state: 'interrupted',
    deliveredUl: delivered,
    deliveredUg: dose(delivered),
    countedUg: dose(delivered + (left?.most ?? 0)),
    ...(left !== null && { accounting: 'lost' }),
  };
}

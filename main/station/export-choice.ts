import { z } from 'zod';
import type { SessionRecord, Trail } from '../../db/trail.ts';
import type { ExportSubject } from '../../preload/contract/exports.ts';
import type { ExportContent } from '../export/deidentify/variant.ts';
import { withZone } from './local-time.ts';
import { Refusal } from './refusals.ts';
import { isSamePatient } from './same-patient.ts';

/** The sessions of an export, and what it is called. */
export interface Chosen {
  /** Of the row that tells of it. */
  readonly act: 'export.session' | 'export.collection';
  /** Ids, oldest first. */
  readonly sessions: readonly string[];
  /** For the record. */
  readonly label: string;
  /** Null for one session by itself. */
  readonly collection: { readonly name: string; readonly subject: string } | null;
}

/** Refused with UNKNOWN_SESSION, SESSION_OPEN or NOTHING_TO_EXPORT. */
export async function choose(subject: ExportSubject, content: ExportContent, trail: Trail): Promise<Chosen> {
  const all = (await trail.sessions()).toSorted((one, other) => one.openedAt.localeCompare(other.openedAt));
  if (subject.kind === 'session') return single(all, subject.sessionId);
  const closed = all.filter(({ closedAt }) => closedAt !== null);
  const found = await matching(closed, subject, trail);
  if (found.length === 0) {
    throw new Refusal('NOTHING_TO_EXPORT', 'No closed session fits this choice. Choose another day, patient or drug.');
  }
  const label = labelOf(subject);
  return {
    act: 'export.collection',
    sessions: found.map(({ id }) => id),
    label,
    collection: content === 'identified' ? named(subject.kind, label) : unnamed(subject.kind, content, label),
  };
}

function single(all: readonly SessionRecord[], sessionId: string): Chosen {
  const session = all.find(({ id }) => id === sessionId);
  if (session === undefined) throw new Refusal('UNKNOWN_SESSION', `The record has no session "${sessionId}".`);
  if (session.closedAt === null) {
    throw new Refusal('SESSION_OPEN', 'This session is still open. End it, then export it.');
  }
  return { act: 'export.session', sessions: [sessionId], label: sessionId, collection: null };
}

type Many = Exclude<ExportSubject, { kind: 'session' }>;

async function matching(
  sessions: readonly SessionRecord[],
  subject: Many,
  trail: Trail,
): Promise<readonly SessionRecord[]> {
  switch (subject.kind) {
    case 'day':
      return sessions.filter(({ openedAt }) => withZone(new Date(openedAt)).startsWith(subject.day));
    case 'person': {
      return sessions.filter(({ patientId }) => isSamePatient(patientId, subject.patientId));
    }
    case 'drug': {
      const drugs = await Promise.all(sessions.map(async ({ id }) => drugOf(id, trail)));
      return sessions.filter((_, index) => drugs[index] === subject.drug);
    }
  }
}

const openRow = z.object({ act: z.literal('session.open'), new: z.object({ drug: z.string() }) });

/** Null where the opening row cannot be read. */
async function drugOf(sessionId: string, trail: Trail): Promise<string | null> {
  const rows = await trail.sessionRows(sessionId);
  const opened = rows.map(({ body }) => openRow.safeParse(jsonIn(body)).data).find((row) => row !== undefined);
  return opened?.new.drug ?? null;
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null; // A damaged row is not the one that says it; the export names the damage.
  }
}

function labelOf(subject: Many): string {
  switch (subject.kind) {
    case 'day':
      return subject.day;
    case 'person':
      return subject.patientId;
    case 'drug':
      return subject.drug;
  }
}

const plain = (text: string): string => text.replaceAll(/[^\w-]/g, '_');

function named(kind: Many['kind'], label: string): Chosen['collection'] {
  const of = kind === 'person' ? 'patient' : kind;
  return { name: `chairside-${of}-${plain(label)}`, subject: `${of} ${label}` };
}

/** A day or a patient's id would tell what the sessions no longer do. */
function unnamed(kind: Many['kind'], content: ExportContent, label: string): Chosen['collection'] {
  if (kind === 'drug') return { name: `chairside-${content}-drug-${plain(label)}`, subject: `drug ${label}` };
  const of = kind === 'day' ? 'one day' : 'one patient';
  return { name: `chairside-${content}-${plain(of)}`, subject: of };
}

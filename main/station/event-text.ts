import { z } from 'zod';
import { idOf, recordedKey } from '../../core/alarm-keys.ts';
import { ALARMS } from '../../core/alarms.ts';
import type { AuditInput, AuditReceipt, AuditRow } from '../../db/trail.ts';
import type { TrailEvent } from '../../preload/contract/frames.ts';
import type { PersonRecord } from '../access/access-record.ts';
import { sentenceOf } from './event-sentences.ts';
import { withZone } from './local-time.ts';

const bodySchema = z.object({
  seq: z.number().int(),
  ts: z.string(),
  act: z.string(),
  chair: z.string().nullable(),
  session: z.string().nullable(),
  actor: z.object({ id: z.string() }).nullable(),
  outcome: z.string(),
  reason: z.string().optional(),
  old: z.unknown().optional(),
  new: z.unknown().optional(),
});

type Body = z.infer<typeof bodySchema>;
type People = readonly Pick<PersonRecord, 'id' | 'name'>[];

/** One line of the event list from a stored row. A row that cannot be read is still a line, and says so. */
export function trailEventOf(row: AuditRow, people: People): TrailEvent {
  const body = bodySchema.safeParse(parseJson(row.body)).data;
  return body === undefined ? unreadable(row.seq) : toEvent(body, people);
}

/** The same line for a row that was just written. */
export function writtenEvent(input: AuditInput, { seq }: AuditReceipt, now: Date, people: People): TrailEvent {
  return toEvent({ ...input, seq, ts: now.toISOString() }, people);
}

function toEvent(body: Body, people: People): TrailEvent {
  const { seq, act, outcome } = body;
  const actor = body.actor?.id ?? null;
  return {
    seq,
    time: withZone(new Date(body.ts)),
    chairId: body.chair,
    sessionId: body.session,
    actor: people.find(({ id }) => id === actor)?.name ?? actor,
    act,
    outcome,
    text: sentenceOf(body),
    priority: act.startsWith('alarm.') ? priorityOf(body.new) : null,
  };
}

const alarmSchema = z.object({ id: z.string() });

function priorityOf(figures: unknown): TrailEvent['priority'] {
  const key = recordedKey(alarmSchema.safeParse(figures).data?.id, null);
  return key === null ? null : ALARMS[idOf(key)].priority;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Shown as an unreadable row; verification names the damage.
  }
}

function unreadable(seq: number): TrailEvent {
  const text = sentenceOf({ act: 'unreadable', outcome: 'failed' });
  return {
    seq,
    time: '',
    chairId: null,
    sessionId: null,
    actor: null,
    act: 'unreadable',
    outcome: 'failed',
    text,
    priority: null,
  };
}

import { z } from 'zod';
import { leafHash } from './hash.ts';
import { jcs } from './jcs.ts';
import type { DamageReport } from './trail.ts';

/** A row as it comes from the database or an export, before anything about it is believed. */
export interface StoredRow {
  readonly seq: number;
  readonly body: string;
  readonly hash: Uint8Array;
}

const spanSchema = z.object({ first: z.int(), last: z.int(), rows: z.int() });

const fieldsSchema = z.looseObject({
  seq: z.int().positive(),
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  ts: z.iso.datetime(),
  act: z.string(),
  outcome: z.enum(['ok', 'denied', 'failed', 'unknown']),
  session: z.string().nullable(),
  patient: z.string().nullable(),
  chair: z.string().nullable(),
  new: z.json().optional(),
  span: spanSchema.optional(),
  seal: z.string().optional(),
});

/** The members of a body that a check needs. */
export type RowFields = z.infer<typeof fieldsSchema>;

export type RowReading =
  | { readonly kind: 'read'; readonly fields: RowFields }
  | { readonly kind: 'damaged'; readonly damage: DamageReport };

function damaged(seq: number, what: DamageReport['what'], detail: string): RowReading {
  return { kind: 'damaged', damage: { seq, what, detail } };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON is one more way of not being canonical; the caller reports it as such.
    return undefined;
  }
}

/** RFC 8785 section 3.2.3: members in the order of their UTF-16 code units. */
function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before = '';
  for (const [name, member] of Object.entries(value)) {
    if (name < before || !isSorted(member)) return false;
    before = name;
  }
  return true;
}

/**
 * The same answer for nearly every row at a third of the cost: what JSON.stringify spells alike, with its members in
 * order, is RFC 8785's text, as both use ECMAScript's spelling. Half a character (an escaped surrogate) is left to `jcs`.
 */
function isPlainlyCanonical(value: unknown, body: string): boolean {
  return !body.includes('\\ud') && isSorted(value) && JSON.stringify(value) === body;
}

/** A doubled member or another spelling of the same value would let two readers see two events. */
function isCanonical(value: unknown, body: string): boolean {
  if (isPlainlyCanonical(value, body)) return true;
  try {
    return jcs(value) === body;
  } catch {
    return false;
  }
}

/** Checks one row by itself: its hash, its canonical form, its members and its own number. */
export function readRow({ seq, body, hash }: StoredRow): RowReading {
  if (!leafHash(body).equals(hash)) return damaged(seq, 'row-hash', `row ${seq} was changed after it was written`);
  const value = parse(body);
  if (!isCanonical(value, body)) return damaged(seq, 'not-canonical', `row ${seq} was not written by Chairside`);
  const fields = fieldsSchema.safeParse(value);
  if (!fields.success) return damaged(seq, 'not-canonical', `row ${seq} lacks members that every row has`);
  if (fields.data.seq !== seq) {
    return damaged(seq, 'seq', `row ${fields.data.seq} stands in the place of row ${seq}`);
  }
  return { kind: 'read', fields: fields.data };
}

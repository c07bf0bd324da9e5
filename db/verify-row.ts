import type { SessionSpan } from './body.ts';
import { leafHex } from './hash.ts';
import { jcs } from './jcs.ts';
import type { AuditOutcome, DamageReport, JsonValue } from './trail.ts';

/** A row as it comes from the database or an export, before anything about it is believed. */
export interface StoredRow {
  readonly seq: number;
  readonly body: string;
  readonly hash: Uint8Array;
}

/** The same as a walk over many rows reads it. */
export interface HexRow extends Omit<StoredRow, 'hash'> {
  /** Hex; empty where it is no bytes. */
  readonly hash: string;
}

/** The members of a body that a check needs. */
export interface RowFields {
  /** Version of the body. */
  readonly v?: number;
  readonly seq: number;
  readonly prev: string;
  readonly ts: string;
  readonly act: string;
  readonly outcome: AuditOutcome;
  readonly session: string | null;
  readonly patient: string | null;
  readonly chair: string | null;
  readonly new?: JsonValue;
  readonly span?: SessionSpan;
  readonly seal?: string;
}

type Members = Readonly<Record<string, unknown>>;

const HASH = /^[0-9a-f]{64}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const OUTCOMES: readonly unknown[] = ['ok', 'denied', 'failed', 'unknown'] satisfies AuditOutcome[];

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isTime = (value: unknown): boolean =>
  typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));

function isSpan(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { first, last, rows } = value as Members;
  return [first, last, rows].every((figure) => Number.isSafeInteger(figure));
}

/** By hand: a schema took a third of the time of a verification. `value` is what JSON.parse made of a body. */
function hasFields(value: unknown): value is RowFields {
  if (typeof value !== 'object' || value === null) return false;
  const { v, seq, prev, ts, act, outcome, session, patient, chair, span, seal } = value as Members;
  return (
    (v === undefined || typeof v === 'number') &&
    typeof seq === 'number' &&
    Number.isSafeInteger(seq) &&
    seq > 0 &&
    typeof prev === 'string' &&
    HASH.test(prev) &&
    isTime(ts) &&
    typeof act === 'string' &&
    OUTCOMES.includes(outcome) &&
    isTextOrNull(session) &&
    isTextOrNull(patient) &&
    isTextOrNull(chair) &&
    (span === undefined || isSpan(span)) &&
    (seal === undefined || typeof seal === 'string')
  );
}

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
  const members = value as Members;
  for (const name of Object.keys(members)) {
    if (name < before || !isSorted(members[name])) return false;
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
  return readHexRow({ seq, body, hash: Buffer.from(hash).toString('hex') });
}

export function readHexRow({ seq, body, hash }: HexRow): RowReading {
  if (leafHex(body) !== hash) return damaged(seq, 'row-hash', `row ${seq} was changed after it was written`);
  const value = parse(body);
  if (!isCanonical(value, body)) return damaged(seq, 'not-canonical', `row ${seq} was not written by Chairside`);
  if (!hasFields(value)) return damaged(seq, 'not-canonical', `row ${seq} lacks members that every row has`);
  if (value.seq !== seq) return damaged(seq, 'seq', `row ${value.seq} stands in the place of row ${seq}`);
  return { kind: 'read', fields: value };
}

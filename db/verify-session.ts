import { openCheckpoint, readCheckpoint } from './checkpoint.ts';
import type { RowRange } from './export-point.ts';
import { sha256 } from './hash.ts';
import { rangesText } from './lost-rows.ts';
import { leftOf, rootFromProof, rootOfLeft } from './merkle.ts';
import { EXTENT_SINCE, extentDamage, extentsIn } from './session-extent.ts';
import { type SessionPerson, sealOf } from './session-seal.ts';
import type { DamageReport } from './trail.ts';
import { KeyChain, previousHead, type Segment } from './verify-keys.ts';
import { readRow, type RowFields, type StoredRow } from './verify-row.ts';
import { SessionOrder, type SessionSummary } from './verify-session-order.ts';
import { keptKind, VOUCHED, VOUCHED_KINDS, vouchedHash, type VouchedKind } from './vouched.ts';

export interface ProvenRow extends StoredRow {
  /** RFC 6962 inclusion proof against the newest checkpoint. */
  readonly proof: readonly Uint8Array[];
}

export interface KeyRow extends ProvenRow {
  /** For every key but the first: what the outgoing key signed when this row was the last one. */
  readonly handover: { readonly checkpoint: string } | null;
}

/** What an export holds, before anything about it is believed. */
export interface SessionEvidence {
  readonly session: SessionPerson;
  /** See session-seal.ts. */
  readonly nonce: Uint8Array;
  readonly rows: readonly ProvenRow[];
  readonly keyRows: readonly KeyRow[];
  readonly checkpoint: string;
  /** The row with which the export began; null in exports of versions that wrote none. */
  readonly begun: ProvenRow | null;
  /** Rows that the record had lost, by what the export says of itself. */
  readonly missing: readonly RowRange[];
  /** Bytes of each trend and engine chunk, in the order of the rows that vouch for them. */
  readonly vouched: Readonly<Record<VouchedKind, readonly Uint8Array[]>>;
}

/** Stands in a copy for a body whose text was taken out (erasure). Its hash and proof stay: that it was written is proven. */
export const REDACTED_BODY = '{"redacted":true}';

export interface SessionVerdict {
  /** First damage, or null when everything fits. */
  readonly damage: DamageReport | null;
  /** Fingerprint of the key the newest rows lead back to; null where the first row names none. */
  readonly rootFingerprint: string | null;
  /** Oldest first; more than one where the signing key was lost in between. Empty where the keys do not fit. */
  readonly segments: readonly Segment[];
  /** Rows from here on were signed by nobody but the newest key; null where the keys do not fit. */
  readonly currentKeyFrom: number | null;
  /** What the row says with which the export began; null without it. */
  readonly begun: Begun | null;
  readonly summary: SessionSummary;
}

/** What an export has to hold. */
export interface Begun {
  readonly seq: number;
  /** Hex: the same in every session of one export. */
  readonly hash: string;
  /** Ids of all its sessions. */
  readonly sessions: readonly string[];
}

class Damage extends Error {
  readonly report: DamageReport;

  constructor(seq: number, what: DamageReport['what'], detail: string) {
    super(detail);
    this.report = { seq, what, detail };
  }
}

function fieldsOf(row: StoredRow): RowFields {
  const reading = readRow(row);
  if (reading.kind === 'read') return reading.fields;
  throw new Damage(reading.damage.seq, reading.damage.what, reading.damage.detail);
}

function requireProof(row: StoredRow, proof: readonly Uint8Array[], size: number, root: Buffer): void {
  if (rootFromProof(row.hash, row.seq - 1, size, proof)?.equals(root) === true) return;
  throw new Damage(row.seq, 'root', `row ${row.seq} is not proven to be in the signed trail`);
}

/** Follows the keys from the root key to the newest, each step signed by the key before. */
function keysOf([genesis, ...rotations]: readonly KeyRow[]): KeyChain {
  const keys = genesis === undefined ? null : KeyChain.begin(fieldsOf(genesis));
  if (keys === null) throw new Damage(1, 'checkpoint', 'row 1 does not name the root key');
  for (const row of rotations) {
    const fields = fieldsOf(row);
    // What signs over the row is the key before it; a new segment has none, and signs for itself.
    const isSegment = previousHead(fields) !== null;
    const isFollowed = isSegment && keys.follow(fields);
    const signed = openCheckpoint(row.handover?.checkpoint ?? '', keys.origin, keys.signerOf(row.seq));
    if (signed?.size !== row.seq) {
      throw new Damage(row.seq, 'checkpoint', `the key before row ${row.seq} did not sign the trail up to it`);
    }
    if (!isFollowed && !keys.follow(fields)) {
      throw new Damage(row.seq, 'checkpoint', `row ${row.seq} names no usable key`);
    }
  }
  return keys;
}

/**
 * What the keys of their time signed must be the beginning of the trail that the newest key signed, or its thief could
 * vouch for a rewritten past. The proof of a key row says it by itself: its left side is what came before.
 */
function requireSamePast({ seq, body, hash, proof, handover }: KeyRow, size: number): void {
  if (handover === null) return;
  const before = leftOf(seq - 1, size, proof);
  const isSigned = readCheckpoint(handover.checkpoint)?.root.equals(rootOfLeft([hash, ...before])) === true;
  const previous = previousHead(fieldsOf({ seq, body, hash }));
  if (isSigned && (previous === null || rootOfLeft(before).toString('hex') === previous.root)) return;
  throw new Damage(seq, 'root', `the rows before row ${seq} are not those that the key of that time signed`);
}

function signedHead(note: string, keys: KeyChain): { readonly size: number; readonly root: Buffer } {
  const claimed = readCheckpoint(note);
  const signed = claimed === null ? null : openCheckpoint(note, keys.origin, keys.signerOf(claimed.size));
  if (signed !== null) return signed;
  throw new Damage(claimed?.size ?? 0, 'checkpoint', 'the checkpoint is not signed by the key of the trail');
}

function checkSeal(rows: readonly RowFields[], redacted: number, expected: string): void {
  const opening = rows.find(({ seal }) => seal !== undefined);
  if (opening === undefined && redacted > 0) return;
  if (opening === undefined)
    throw new Damage(rows[0]?.seq ?? 0, 'session', 'the row that opens the session is missing');
  if (opening.seal === expected) return;
  throw new Damage(
    opening.seq,
    'session',
    `the person data are not those of row ${opening.seq}, which opens the session`,
  );
}

function checkVouched(kind: VouchedKind, rows: readonly RowFields[], chunks: readonly Uint8Array[]): void {
  const { name } = VOUCHED[kind];
  const vouching = rows.filter((fields) => keptKind(fields) === kind);
  for (const [index, fields] of vouching.entries()) {
    const chunk = chunks[index];
    if (chunk !== undefined && sha256(chunk).toString('hex') === vouchedHash(fields)) continue;
    const state = chunk === undefined ? 'missing' : 'not the recorded ones';
    throw new Damage(fields.seq, kind, `the ${name} of row ${fields.seq} are ${state}`);
  }
  if (chunks.length > vouching.length) {
    throw new Damage(rows.at(-1)?.seq ?? 0, kind, `there are ${name} that no row vouches for`);
  }
}

function isOfOlderVersion({ body, seq, hash }: StoredRow): boolean {
  return body === REDACTED_BODY || (fieldsOf({ body, seq, hash }).v ?? 1) < EXTENT_SINCE;
}

/** Exactly the rows must be here that the station counted before it wrote the export, or the tail could be cut off. */
function begunOf({ begun, session, rows, keyRows, checkpoint }: SessionEvidence): Begun | null {
  if (begun === null) {
    if ([...rows, ...keyRows].every(isOfOlderVersion)) return null;
    throw new Damage(rows.at(-1)?.seq ?? 0, 'extent', 'the row that states what the export must hold is missing');
  }
  const { seq, hash } = begun;
  const extents = extentsIn(fieldsOf(begun));
  const { size, root } = readCheckpoint(checkpoint) ?? { size: 0, root: Buffer.alloc(0) };
  requireProof(begun, begun.proof, size, root);
  const own = extents?.find(({ id }) => id === session.id);
  if (own === undefined || size !== seq) {
    throw new Damage(seq, 'extent', `row ${seq} did not begin this export of the session`);
  }
  const damage = extentDamage(seq, own, rows);
  if (damage !== null) throw new Damage(damage.seq, damage.what, damage.detail);
  return { seq, hash: Buffer.from(hash).toString('hex'), sessions: extents?.map(({ id }) => id) ?? [] };
}

/** Whoever made the export says so: nobody would add it to look better. */
function requireNothingLost(missing: readonly RowRange[]): void {
  const [first] = missing;
  if (first === undefined) return;
  const detail = `row ${first[0]} is missing: the record had lost ${rangesText(missing)} when this was exported`;
  throw new Damage(first[0], 'seq', detail);
}

function checkRows(
  { session, nonce, rows, keyRows, checkpoint, missing, vouched }: SessionEvidence,
  order: SessionOrder,
): KeyChain {
  requireNothingLost(missing);
  const keys = keysOf(keyRows);
  const { size, root } = signedHead(checkpoint, keys);
  for (const row of keyRows) {
    requireProof(row, row.proof, size, root);
    requireSamePast(row, size);
  }
  const fields = rows.flatMap((row) => {
    const read = row.body === REDACTED_BODY ? null : fieldsOf(row);
    const damage = read === null ? order.skip(row.seq, row.hash) : order.next(read, row.hash);
    if (damage !== null) throw new Damage(damage.seq, damage.what, damage.detail);
    if (read !== null && read.session !== session.id)
      throw new Damage(row.seq, 'seq', `row ${row.seq} belongs to another session`);
    requireProof(row, row.proof, size, root);
    return read === null ? [] : [read];
  });
  checkSeal(fields, rows.length - fields.length, sealOf(session, nonce));
  for (const kind of VOUCHED_KINDS) checkVouched(kind, fields, vouched[kind]);
  return keys;
}

/** Of a damaged export too: to say whose record it claims to be. */
function fingerprintIn([genesis]: readonly KeyRow[]): string | null {
  const reading = genesis === undefined ? null : readRow(genesis);
  return reading?.kind === 'read' ? (KeyChain.begin(reading.fields)?.rootFingerprint ?? null) : null;
}

/** Checks one exported session with nothing but what is in the export. Pure: no file, no database. */
export function verifySession(evidence: SessionEvidence): SessionVerdict {
  const order = new SessionOrder();
  try {
    const { rootFingerprint, segments, currentFrom: currentKeyFrom } = checkRows(evidence, order);
    const damage = order.spanDamage();
    const begun = damage === null ? begunOf(evidence) : null;
    return { damage, rootFingerprint, segments, currentKeyFrom, begun, summary: order.summary() };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return {
      damage: error.report,
      rootFingerprint: fingerprintIn(evidence.keyRows),
      segments: [],
      currentKeyFrom: null,
      begun: null,
      summary: order.summary(),
    };
  }
}

import { AnchorCheck } from './anchor-walk.ts';
import type { NamedAnchors } from './anchors.ts';
import { NO_ROW } from './body.ts';
import { CompactRange } from './compact-range.ts';
import { sha256 } from './hash.ts';
import type { DamageReport, Verification } from './trail.ts';
import { isKeyRow, KeyChain, type PreviousHead, previousHead } from './verify-keys.ts';
import { type HexRow, readHexRow, type RowFields } from './verify-row.ts';
import { SessionsCheck, type StoredSession } from './verify-sessions.ts';
import { KEPT, KEPT_KINDS, keptKind, type KeptKind, vouchedHash } from './vouched.ts';

/** The `head` row: what the trail claims to be. */
export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

/** What is kept beside the rows, of one kind. */
export interface Kept<Piece> {
  /** How many pieces there are. */
  readonly count: number;
  /** The piece of row `seq`; null where there is none. */
  readonly at: (seq: number) => Piece | null;
}

/** Everything beside the rows that a check of the whole trail needs. */
export interface TrailEvidence {
  readonly head: Head | null;
  /** Highest seq in the file. */
  readonly lastSeq: number;
  /** Null where there is no row. */
  readonly lowestSeq: number | null;
  /** Last checkpoint of each outgoing key, at its row. */
  readonly epochNotes: Kept<string>;
  /** The session table, by id. */
  readonly sessions: ReadonlyMap<string, StoredSession>;
  /** See SessionsCheck. */
  readonly sessionSlack: number;
  readonly kept: Readonly<Record<KeptKind, Kept<Uint8Array>>>;
  /** What was found outside the database. */
  readonly held: readonly NamedAnchors[];
}

/** A place in the trail up to which it was checked before. */
export interface CheckedUpTo {
  readonly range: CompactRange;
  /** Hex hash of the last row. */
  readonly prev: string;
  /** Keys that the rows so far name. */
  readonly keys: KeyChain;
}

/**
 * Walks the trail from its first row, or from where an earlier check ended; feed rows in order, stop at the first damage.
 * A check that did not begin at the first row can say nothing about what lies beside the earlier rows.
 */
export class TrailCheck {
  readonly #evidence: TrailEvidence;
  #range = CompactRange.empty;
  #before = CompactRange.empty;
  #prev = NO_ROW;
  #keys: KeyChain | null = null;
  #rotations = 0;
  readonly #kept: Record<KeptKind, number> = { trend: 0, engine: 0, access: 0 };
  readonly #sessions: SessionsCheck;
  /** Rows that an earlier check walked; null: none. */
  readonly #after: number | null;
  readonly #anchors: AnchorCheck;

  constructor(evidence: TrailEvidence, from: CheckedUpTo | null = null) {
    this.#evidence = evidence;
    this.#sessions = new SessionsCheck(evidence.sessions, evidence.sessionSlack);
    this.#after = from?.range.size ?? null;
    if (from !== null) {
      this.#range = from.range;
      this.#prev = from.prev;
      this.#keys = from.keys;
    }
    this.#anchors = new AnchorCheck(evidence.held, this.#range.size);
  }

  /** Takes the next row; returns the damage found at it. */
  row(row: HexRow): DamageReport | null {
    const expected = this.#range.size + 1;
    if (row.seq !== expected) return { seq: expected, what: 'seq', detail: `row ${expected} is missing` };
    const reading = readHexRow(row);
    if (reading.kind === 'damaged') return reading.damage;
    if (reading.fields.prev !== this.#prev) {
      const detail = `row ${row.seq} does not follow from row ${row.seq - 1}: one of them was replaced`;
      return { seq: row.seq, what: 'chain', detail };
    }
    this.#before = this.#range;
    this.#range = this.#range.with(row.hash);
    this.#prev = row.hash;
    const { fields } = reading;
    const damage = this.#keyDamage(fields) ?? this.#sessions.row(fields) ?? this.#keptDamage(fields);
    this.#anchors.at(this.#range, this.#keys?.origin ?? '');
    return damage;
  }

  /** After the last row: the claims about the whole. */
  finish(): Verification {
    const anchored = this.#anchors.finish(this.#keys?.origin ?? '', this.#range.size);
    return this.result(this.#headDamage() ?? anchored ?? (this.#after === null ? this.#leftOverDamage() : null));
  }

  result(damage: DamageReport | null): Verification {
    const { size } = this.#range;
    const anchors = this.#anchors.findings();
    const unanchoredRows = size - Math.max(0, ...anchors.map((found) => found.size));
    const after = this.#after === null ? {} : { after: this.#after };
    return { rows: size, root: this.#range.root().toString('hex'), damage, ...after, anchors, unanchoredRows };
  }

  /** How far the walk has come. */
  get range(): CompactRange {
    return this.#range;
  }

  #keyDamage(fields: RowFields): DamageReport | null {
    const { seq } = fields;
    if (this.#keys === null) {
      this.#keys = KeyChain.begin(fields);
      return this.#keys === null ? { seq, what: 'checkpoint', detail: 'row 1 does not name the root key' } : null;
    }
    if (!isKeyRow(fields)) return null;
    const previous = previousHead(fields);
    if (previous !== null) return this.#segmentDamage(fields, previous);
    const note = this.#evidence.epochNotes.at(seq);
    if (note === null || !this.#keys.vouchesFor(note, seq, this.#range.root())) {
      return { seq, what: 'checkpoint', detail: `the key before row ${seq} did not sign the trail up to it` };
    }
    this.#rotations += 1;
    return this.#keys.follow(fields) ? null : { seq, what: 'checkpoint', detail: `row ${seq} names no usable key` };
  }

  /** The old head that a new segment names must be where the trail stood; then its own key signs from here. */
  #segmentDamage(fields: RowFields, previous: PreviousHead): DamageReport | null {
    const { seq } = fields;
    const note = this.#evidence.epochNotes.at(seq) ?? '';
    const isWhere = this.#before.size === previous.size && this.#before.root().toString('hex') === previous.root;
    this.#rotations += 1;
    if (isWhere && this.#keys?.follow(fields) === true && this.#keys.vouchesFor(note, seq, this.#range.root())) {
      return null;
    }
    return { seq, what: 'checkpoint', detail: `the new segment at row ${seq} does not begin where the old one ended` };
  }

  #keptDamage(fields: RowFields): DamageReport | null {
    const kind = keptKind(fields);
    if (kind === null) return null;
    const { seq } = fields;
    const { name } = KEPT[kind];
    const bytes = this.#evidence.kept[kind].at(seq);
    if (bytes === null) return { seq, what: kind, detail: `the ${name} of row ${seq} are missing` };
    this.#kept[kind] += 1;
    if (sha256(bytes).toString('hex') === vouchedHash(fields)) return null;
    return { seq, what: kind, detail: `the ${name} of row ${seq} were changed` };
  }

  #headDamage(): DamageReport | null {
    const { head, lastSeq, lowestSeq } = this.#evidence;
    const { size } = this.#range;
    // With the walk, which met each number up to the last, this says that there are no other rows.
    if (lowestSeq !== null && lowestSeq < 1) {
      const detail = `row ${lowestSeq} stands before the first row: it was added from outside`;
      return { seq: lowestSeq, what: 'seq', detail };
    }
    if (head === null) return { seq: size, what: 'head', detail: 'the signed head of the trail is missing' };
    if (size < head.size) {
      const detail = `rows ${size + 1} to ${head.size} are missing: they were signed and then removed`;
      return { seq: size + 1, what: 'head', detail };
    }
    if (lastSeq > head.size) {
      const detail = `rows ${head.size + 1} to ${lastSeq} are not signed: they were added from outside`;
      return { seq: head.size + 1, what: 'head', detail };
    }
    const root = this.#range.root();
    if (!root.equals(head.root)) return { seq: size, what: 'root', detail: 'the rows do not give the recorded root' };
    if (this.#keys?.vouchesFor(head.note, size, root) === true) return null;
    return { seq: size, what: 'checkpoint', detail: 'the newest checkpoint is not signed by the key of the trail' };
  }

  #leftOverDamage(): DamageReport | null {
    const { size } = this.#range;
    if (this.#evidence.epochNotes.count > this.#rotations) {
      return { seq: size, what: 'checkpoint', detail: 'there is a checkpoint that belongs to no change of key' };
    }
    const stray = KEPT_KINDS.find((kind) => this.#evidence.kept[kind].count > this.#kept[kind]);
    if (stray !== undefined) {
      return { seq: size, what: stray, detail: `there are ${KEPT[stray].name} that no row vouches for` };
    }
    return this.#sessions.leftOver(size);
  }
}

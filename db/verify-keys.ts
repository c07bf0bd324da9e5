import { openCheckpoint } from './checkpoint.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { RowFields } from './verify-row.ts';
import { z } from 'zod';

const pubHex = z.string().regex(/^[0-9a-f]{64}$/);
const previousSchema = z.object({
  origin: z.string(),
  size: z.int().positive(),
  root: pubHex,
  /** The head that the lost key signed last. */
  note: z.string(),
});
/** The key was saved under the key store of the system. Absent where it was not, and in rows of older versions. */
const sealed = z.literal(true).optional();
const genesisSchema = z.object({ origin: z.string(), pub: pubHex, sealed });
const segmentSchema = genesisSchema.extend({ previous: previousSchema });
const rotationSchema = z.object({
  pub: pubHex,
  /**
   * The head over this row is the new key's, so that what the old key signed over it, which stays in the file, is no head. Absent
   * in rows of older versions.
   */
  heads: z.literal(true).optional(),
  sealed,
});

interface KeyEpoch {
  /** Signs every size beyond this one. */
  readonly after: number;
  readonly pub: Buffer;
}

export const GENESIS = 'log.genesis';
export const ROTATE = 'key.rotate';

/** A stretch of the trail whose keys lead back to one root key. A second one begins where the key was lost. */
export interface Segment {
  /** Its first row. */
  readonly seq: number;
  readonly rootFingerprint: string;
}

/** What the first row of a later segment says of the head before it. */
export type PreviousHead = z.infer<typeof previousSchema>;

/** Says whether a row changes the signing key. A rotation that failed is recorded too, and changes nothing. */
export function isKeyRow({ act, outcome }: Pick<RowFields, 'act' | 'outcome'>): boolean {
  return outcome === 'ok' && (act === GENESIS || act === ROTATE);
}

/**
 * The keys of one trail in order, each vouched for by the one before: from the root key in the first row, whose
 * fingerprint is enrolled on paper, to the key that signed the newest checkpoint.
 */
export class KeyChain {
  readonly origin: string;
  readonly #epochs: KeyEpoch[];
  readonly #segments: Segment[];
  #wasSealed: boolean;

  private constructor(origin: string, root: Buffer, isSealed: boolean) {
    this.origin = origin;
    this.#wasSealed = isSealed;
    this.#epochs = [{ after: 0, pub: root }];
    this.#segments = [{ seq: 1, rootFingerprint: fingerprintOf(root) }];
  }

  /** Null where the row is not the first row of a trail. */
  static begin({ seq, act, new: named }: RowFields): KeyChain | null {
    const genesis = genesisSchema.safeParse(named);
    if (seq !== 1 || act !== GENESIS || !genesis.success) return null;
    const { origin, pub, sealed: isSealed = false } = genesis.data;
    return new KeyChain(origin, Buffer.from(pub, 'hex'), isSealed);
  }

  /** Oldest first; one of them unless a key was lost. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** Of the newest segment: what must be on paper for the newest rows to be believed. */
  get rootFingerprint(): string {
    return this.#segments.at(-1)?.rootFingerprint ?? '';
  }

  get rootKey(): Buffer {
    return this.#epochs[0]?.pub ?? Buffer.alloc(0);
  }

  get currentKey(): Buffer {
    return this.#epochs.at(-1)?.pub ?? this.rootKey;
  }

  /** Some key was kept under the key store: whoever takes it away later cannot take these rows away. */
  get wasSealed(): boolean {
    return this.#wasSealed;
  }

  /** First row for which no key vouches but the newest one, which the station still has. */
  get currentFrom(): number {
    return (this.#epochs.at(-1)?.after ?? 0) + 1;
  }

  /**
   * The key that had to sign a trail of this size. Binding key to position is what keeps a stolen newer key from
   * vouching for a rewritten past. What the outgoing key signs over the row of a rotation is asked for before `follow`.
   */
  signerOf(size: number): Buffer {
    return this.#epochs.findLast(({ after }) => after < size)?.pub ?? this.rootKey;
  }

  /** Takes over the key that a rotation row, or the first row of a new segment, names; false where it names none. */
  follow(row: RowFields): boolean {
    const { seq, act, new: named } = row;
    if (act === GENESIS) return this.#followSegment(row);
    const rotation = rotationSchema.safeParse(named);
    if (act !== ROTATE || !rotation.success) return false;
    const { pub, heads = false, sealed: isSealed = false } = rotation.data;
    this.#wasSealed ||= isSealed;
    this.#epochs.push({ after: heads ? seq - 1 : seq, pub: Buffer.from(pub, 'hex') });
    return true;
  }

  /**
   * A new segment is vouched for by nobody but its own key, which signs from its first row on; what it says of the head
   * before must be what the lost key had signed, or it would hide a cut.
   */
  #followSegment({ seq, new: named }: RowFields): boolean {
    const { data } = segmentSchema.safeParse(named);
    if (data === undefined || data.origin !== this.origin) return false;
    const { previous, pub, sealed: isSealed = false } = data;
    if (previous.size !== seq - 1 || !this.vouchesFor(previous.note, previous.size, Buffer.from(previous.root, 'hex')))
      return false;
    const key = Buffer.from(pub, 'hex');
    this.#wasSealed ||= isSealed;
    this.#epochs.push({ after: seq - 1, pub: key });
    this.#segments.push({ seq, rootFingerprint: fingerprintOf(key) });
    return true;
  }

  /** Whether the key of that position signed exactly this size and root. */
  vouchesFor(note: string, size: number, root: Buffer): boolean {
    const checkpoint = openCheckpoint(note, this.origin, this.signerOf(size));
    return checkpoint !== null && checkpoint.size === size && checkpoint.root.equals(root);
  }
}

/** The head before a new segment; null for every other row. */
export function previousHead({ seq, act, new: named }: RowFields): PreviousHead | null {
  return seq > 1 && act === GENESIS ? (segmentSchema.safeParse(named).data?.previous ?? null) : null;
}

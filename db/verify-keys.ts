import { openCheckpoint } from './checkpoint.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { RowFields } from './verify-row.ts';
import { z } from 'zod';

const pubHex = z.string().regex(/^[0-9a-f]{64}$/);
const genesisSchema = z.object({ origin: z.string(), pub: pubHex });
const rotationSchema = z.object({ pub: pubHex });

interface KeyEpoch {
  /** Row that names the key. */
  readonly seq: number;
  readonly pub: Buffer;
}

export const GENESIS = 'log.genesis';
export const ROTATE = 'key.rotate';

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

  private constructor(origin: string, root: Buffer) {
    this.origin = origin;
    this.#epochs = [{ seq: 1, pub: root }];
  }

  /** Null where the row is not the first row of a trail. */
  static begin({ seq, act, new: named }: RowFields): KeyChain | null {
    const genesis = genesisSchema.safeParse(named);
    if (seq !== 1 || act !== GENESIS || !genesis.success) return null;
    return new KeyChain(genesis.data.origin, Buffer.from(genesis.data.pub, 'hex'));
  }

  get rootFingerprint(): string {
    return fingerprintOf(this.rootKey);
  }

  get rootKey(): Buffer {
    return this.#epochs[0]?.pub ?? Buffer.alloc(0);
  }

  get currentKey(): Buffer {
    return this.#epochs.at(-1)?.pub ?? this.rootKey;
  }

  /**
   * The key that had to sign a trail of this size. Binding key to position is what keeps a stolen newer key from
   * vouching for a rewritten past: the checkpoint over the row of a rotation is still the outgoing key's.
   */
  signerOf(size: number): Buffer {
    return this.#epochs.findLast(({ seq }) => seq < size)?.pub ?? this.rootKey;
  }

  /** Takes over the key that a rotation row names; false where it names none. */
  follow({ seq, act, new: named }: RowFields): boolean {
    const rotation = rotationSchema.safeParse(named);
    if (act !== ROTATE || !rotation.success) return false;
    this.#epochs.push({ seq, pub: Buffer.from(rotation.data.pub, 'hex') });
    return true;
  }

  /** Whether the key of that position signed exactly this size and root. */
  vouchesFor(note: string, size: number, root: Buffer): boolean {
    const checkpoint = openCheckpoint(note, this.origin, this.signerOf(size));
    return checkpoint !== null && checkpoint.size === size && checkpoint.root.equals(root);
  }
}

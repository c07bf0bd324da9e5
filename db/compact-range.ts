import { HASH_BYTES, nodeHex, sha256 } from './hash.ts';

/** The roots of the complete subtrees of an RFC 6962 tree: all that is needed to append, never more than 53 hashes. */
export class CompactRange {
  readonly size: number;
  /** In hex, largest subtree first. */
  readonly #peaks: readonly string[];

  private constructor(size: number, peaks: readonly string[]) {
    this.size = size;
    this.#peaks = peaks;
  }

  static readonly empty = new CompactRange(0, []);

  /** Takes up a stored range; null where the bytes do not fit the size. */
  static from(size: number, bytes: Uint8Array): CompactRange | null {
    const ones = size.toString(2).replaceAll('0', '').length;
    if (bytes.length !== (size === 0 ? 0 : ones * HASH_BYTES)) return null;
    const peaks = Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
      Buffer.from(bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)).toString('hex'),
    );
    return new CompactRange(size, peaks);
  }

  /**
   * A new range with one leaf more; this one stays as it is, so that a failed commit needs no undo.
   * @param leaf in hex
   */
  with(leaf: string): CompactRange {
    const peaks = [...this.#peaks];
    let node = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = peaks.pop();
      if (left === undefined) throw new RangeError('a compact range does not fit its size');
      node = nodeHex(left, node);
    }
    peaks.push(node);
    return new CompactRange(this.size + 1, peaks);
  }

  root(): Buffer {
    if (this.#peaks.length === 0) return sha256();
    return Buffer.from(
      this.#peaks.reduceRight((right, left) => nodeHex(left, right)),
      'hex',
    );
  }

  /** The peaks, largest subtree first. */
  bytes(): Buffer {
    return Buffer.from(this.#peaks.join(''), 'hex');
  }
}

import { HASH_BYTES, nodeHash, sha256 } from './hash.ts';

/** Floor of the binary logarithm; a trail stays far below 2^31 rows. */
function log2(n: number): number {
  return 31 - Math.clz32(n);
}

/** Largest power of two below n, for n > 1: where RFC 6962 splits a tree. */
function splitOf(n: number): number {
  return 2 ** log2(n - 1);
}

/** A list of hashes in one block of memory: a million rows stay at 64 MB. */
class HashList {
  #bytes = Buffer.alloc(64 * HASH_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(hash: Uint8Array): void {
    const at = this.#length * HASH_BYTES;
    if (at === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], at * 2);
    this.#bytes.set(hash, at);
    this.#length += 1;
  }

  at(index: number): Buffer {
    return Buffer.from(this.#bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
  }
}

/** RFC 6962 tree with all its complete subtrees, for roots and inclusion proofs at any size it has had. */
export class MerkleTree {
  readonly #levels: HashList[] = [new HashList()];

  get size(): number {
    return this.#level(0).length;
  }

  append(leaf: Uint8Array): void {
    let node = leaf;
    for (let height = 0; ; height += 1) {
      const level = this.#level(height);
      level.push(node);
      if (level.length % 2 === 1) return;
      node = nodeHash(level.at(level.length - 2), node);
    }
  }

  root(size: number): Buffer {
    return size === 0 ? sha256() : this.#rootOf(0, size);
  }

  /** Hashes from leaf to root that tie leaf `index` (from 0) to the root at `size`: RFC 6962 section 2.1.1. */
  proof(index: number, size: number): Buffer[] {
    if (index < 0 || index >= size || size > this.size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
    return this.#path(index, 0, size);
  }

  /**
   * Hashes by which somebody who kept the root at `older` sees that the tree at `size` has the same first leaves: RFC 6962
   * section 2.1.2. Empty where there is nothing to prove.
   */
  consistency(older: number, size: number): Buffer[] {
    if (older < 1 || older > size || size > this.size) throw new RangeError(`no step from ${older} to ${size} leaves`);
    return this.#step(older, 0, size, true);
  }

  #level(height: number): HashList {
    return (this.#levels[height] ??= new HashList());
  }

  #rootOf(start: number, count: number): Buffer {
    const height = log2(count);
    if (count === 2 ** height) return this.#level(height).at(start / count);
    const left = splitOf(count);
    return nodeHash(this.#rootOf(start, left), this.#rootOf(start + left, count - left));
  }

  #path(index: number, start: number, count: number): Buffer[] {
    if (count === 1) return [];
    const left = splitOf(count);
    return index < left
      ? [...this.#path(index, start, left), this.#rootOf(start + left, count - left)]
      : [...this.#path(index - left, start + left, count - left), this.#rootOf(start, left)];
  }

  /** `isKnown`: the older root is this very subtree, so whoever kept it need not be told. */
  #step(older: number, start: number, count: number, isKnown: boolean): Buffer[] {
    if (older === count) return isKnown ? [] : [this.#rootOf(start, count)];
    const left = splitOf(count);
    return older <= left
      ? [...this.#step(older, start, left, isKnown), this.#rootOf(start + left, count - left)]
      : [...this.#step(older - left, start + left, count - left, false), this.#rootOf(start, left)];
  }
}

/**
 * The root that a leaf and its proof lead to (RFC 9162 section 2.1.3.2), or null where the proof has the wrong length.
 * Equal to the signed root: the row is in the signed trail at that place.
 */
export function rootFromProof(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Buffer | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  let node: Buffer = Buffer.from(leaf);
  let place = index;
  let last = size - 1;
  for (const sibling of proof) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      node = nodeHash(sibling, node);
      // A right edge without a sibling of its own is lifted until it has one.
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      node = nodeHash(node, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? node : null;
}

/**
 * Of a proof that leads to its root, the hashes that stand left of the leaf: they cover exactly the leaves before it, so
 * they are the same in every tree that begins with these leaves.
 */
export function leftOf(index: number, size: number, proof: readonly Uint8Array[]): Uint8Array[] {
  if (size <= 1) return [];
  const [below, beside] = [proof.slice(0, -1), proof.slice(-1)];
  const left = splitOf(size);
  return index < left ? leftOf(index, left, below) : [...leftOf(index - left, size - left, below), ...beside];
}

/** The root of the leaves that the hashes of `leftOf` cover, with the leaf itself before them also of that one. */
export function rootOfLeft([first, ...more]: readonly Uint8Array[]): Buffer {
  return more.reduce<Buffer>((right, left) => nodeHash(left, right), Buffer.from(first ?? []));
}

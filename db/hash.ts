import { createHash, hash as hashOnce } from 'node:crypto';

/** Bytes of a SHA-256. */
export const HASH_BYTES = 32;

// RFC 6962 section 2.1: different first bytes keep a leaf from ever passing for an inner node.
const LEAF = '\0';
const NODE = 0x01;

export function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Hash of one row: its chain link and its Merkle leaf. */
export function leafHash(body: string): Buffer {
  // One call for prefix and text: to make a hash object takes longer than to hash a row.
  return hashOnce('sha256', LEAF + body, 'buffer');
}

/** The same in hex: to make a buffer for it takes as long as the hash, and a walk over the trail needs none. */
export function leafHex(body: string): string {
  return hashOnce('sha256', LEAF + body, 'hex');
}

/** Used anew for every node; nothing keeps it. */
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return hashOnce('sha256', pair, 'buffer');
}

/** The same, from and to hex. */
export function nodeHex(left: string, right: string): string {
  if (pair.write(left + right, 1, 'hex') !== 2 * HASH_BYTES) throw new RangeError('a node of the tree is no hash');
  return hashOnce('sha256', pair, 'hex');
}

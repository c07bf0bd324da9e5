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
  // One call for prefix and text: a verification spends most of its time here.
  return hashOnce('sha256', LEAF + body, 'buffer');
}

/** Used anew for every node; nothing keeps it. */
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return hashOnce('sha256', pair, 'buffer');
}

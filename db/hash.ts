import { createHash } from 'node:crypto';

/** Bytes of a SHA-256. */
export const HASH_BYTES = 32;

// RFC 6962 section 2.1: different first bytes keep a leaf from ever passing for an inner node.
const LEAF = Buffer.from([0x00]);
const NODE = Buffer.from([0x01]);

export function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Hash of one row: its chain link and its Merkle leaf. */
export function leafHash(body: string): Buffer {
  return sha256(LEAF, body);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right);
}

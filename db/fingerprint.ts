import { sha256 } from './hash.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CHARACTERS = 24;

/** The first `letters` base32 letters of the bytes (RFC 4648), in groups of four. */
export function base32(bytes: Uint8Array, letters: number): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const text = Array.from({ length: letters }, (_, index) =>
    BASE32.charAt(Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)),
  ).join('');
  return (text.match(/.{4}/g) ?? []).join('-');
}

/** The first 120 bits of SHA-256 of a public key as six groups of four letters, to be read aloud and compared. */
export function fingerprintOf(pub: Uint8Array): string {
  return base32(sha256(pub), CHARACTERS);
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}

/** Compares as a person would: letter case, spaces and dashes do not count. */
export function isSameFingerprint(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

import { sha256 } from './hash.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CHARACTERS = 24;

/** The first 120 bits of SHA-256 of a public key as six groups of four letters, to be read aloud and compared. */
export function fingerprintOf(pub: Uint8Array): string {
  const bits = [...sha256(pub)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: CHARACTERS }, (_, index) =>
    BASE32.charAt(Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)),
  ).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}

/** Compares as a person would: letter case, spaces and dashes do not count. */
export function isSameFingerprint(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

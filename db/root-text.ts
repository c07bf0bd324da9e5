import { readCheckpoint } from './checkpoint.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CHARACTERS = 16;

/**
 * Size and the first 80 bits of the root of a checkpoint, short enough to be compared by eye: `612 rows,
 * ABCD-EFGH-IJKL-MNOP`. Null where the note is no checkpoint.
 */
export function rootText(note: string): string | null {
  const checkpoint = readCheckpoint(note);
  if (checkpoint === null) return null;
  const bits = [...checkpoint.root].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: CHARACTERS }, (_, index) =>
    BASE32.charAt(Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)),
  ).join('');
  return `${checkpoint.size} rows, ${(letters.match(/.{4}/g) ?? []).join('-')}`;
}

import { Random } from '../chaos/random.ts';
import type { Target } from './target.ts';

const MOST_RANDOM_BYTES = 160;
const MOST_CHANGES = 6;

/** An odd constant, so that every index of a run has a generator of its own. */
const SPREAD = 0x9e3779b1;

export interface Input {
  readonly bytes: Uint8Array;
  /** The same bytes in pieces of any size, some of them empty. */
  readonly pieces: readonly Uint8Array[];
}

/** The input of a number: any one can be made again without those before it. */
export function inputOf(target: Target, seed: number, index: number): Input {
  const random = new Random((seed ^ Math.imul(index + 1, SPREAD)) >>> 0);
  const bytes = random.chance(0.3) ? noise(target, random) : mutated(target, random);
  return { bytes, pieces: piecesOf(bytes, random) };
}

/** Any bytes, bytes rich in marks, or a mark with nothing but printable text behind it. */
function noise(target: Target, random: Random): Uint8Array {
  const length = random.between(0, MOST_RANDOM_BYTES);
  const [low, high, marked] = random.chance(0.5) ? [0, 255, random.chance(0.5) ? 0.5 : 0] : [0x20, 0x7e, 0.02];
  return Uint8Array.from({ length }, (_, index) =>
    index === 0 || random.chance(marked) ? pick(target.marks, random, 0) : random.between(low, high),
  );
}

/** Real frames in a row, changed in up to six places; some inputs stay as they were sent. */
function mutated(target: Target, random: Random): Uint8Array {
  const bytes = row(target, random);
  for (let left = random.between(0, MOST_CHANGES); left > 0; left -= 1) change(bytes, target, random);
  return Uint8Array.from(bytes);
}

function row({ units, inARow }: Target, random: Random): number[] {
  const count = random.between(1, inARow);
  return Array.from({ length: count }, () => [...pick(units, random, new Uint8Array(0))]).flat();
}

function change(bytes: number[], target: Target, random: Random): void {
  const at = random.between(0, bytes.length);
  const length = random.between(1, 12);
  switch (random.between(0, 5)) {
    case 0:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.between(0, 7));
      return;
    case 1:
      bytes.splice(at, length);
      return;
    case 2:
      bytes.splice(at, 0, ...Array.from({ length }, () => random.between(0, 255)));
      return;
    case 3:
      bytes.splice(at, 0, ...bytes.slice(at, at + length));
      return;
    case 4:
      bytes.splice(at, 0, pick(target.marks, random, 0));
      return;
    default: {
      // Spliced: the end of another row behind the start of this one.
      const other = row(target, random);
      bytes.splice(at, bytes.length, ...other.slice(random.between(0, other.length)));
    }
  }
}

function piecesOf(bytes: Uint8Array, random: Random): readonly Uint8Array[] {
  const longest = random.chance(0.2) ? 1 : random.between(2, 70);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = random.between(longest === 1 ? 1 : 0, longest);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

const pick = <Item>(items: readonly Item[], random: Random, none: Item): Item =>
  items[random.between(0, items.length - 1)] ?? none;

import type { Point } from '../facts/series.ts';

/**
 * Unbroken pieces of a course for a plot of `buckets` columns: each column keeps its lowest and highest value, so that
 * no dip gets lost, and a gap ends a piece.
 */
export function piecesOf(points: readonly Point[], from: number, to: number, buckets: number): readonly Known[][] {
  const width = Math.max(1, (to - from) / buckets);
  return unbroken(points).map((piece) => {
    const columns = new Map<number, Column>();
    for (const point of piece) {
      const bucket = Math.floor((point.at - from) / width);
      const { low, high } = columns.get(bucket) ?? { low: point, high: point };
      columns.set(bucket, {
        low: point.value < low.value ? point : low,
        high: point.value > high.value ? point : high,
      });
    }
    return [...columns.values()].flatMap(extremes);
  });
}

function unbroken(points: readonly Point[]): readonly Known[][] {
  const pieces: Known[][] = [];
  let isOpen = false;
  for (const { at, value } of points) {
    if (value === null) isOpen = false;
    else if (isOpen) pieces.at(-1)?.push({ at, value });
    else {
      pieces.push([{ at, value }]);
      isOpen = true;
    }
  }
  return pieces;
}

interface Known {
  readonly at: number;
  readonly value: number;
}

interface Column {
  readonly low: Known;
  readonly high: Known;
}

function extremes({ low, high }: Column): Known[] {
  if (low.at === high.at) return [low];
  return low.at < high.at ? [low, high] : [high, low];
}

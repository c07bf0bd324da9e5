/** A sample on the station's monotonic clock. */
export interface WavePoint {
  readonly atMs: number;
  readonly value: number;
}

/** One straight stroke of the trace, in canvas pixels. */
export interface Stroke {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
}

export interface SweepSize {
  readonly width: number;
  readonly height: number;
  /** Time across the whole strip. */
  readonly windowMs: number;
}

/** Column of a moment: from its timestamp, never from when it arrived. */
export const columnOf = (atMs: number, { width, windowMs }: SweepSize): number =>
  ((((atMs % windowMs) + windowMs) % windowMs) / windowMs) * width;

const INSET = 0.08;

/** Row of a value 0..1, with a margin so that no stroke is cut. */
export const rowOf = (value: number, { height }: SweepSize): number =>
  (INSET + (1 - Math.min(1, Math.max(0, value))) * (1 - 2 * INSET)) * height;

/** The stroke between two samples, or null where there must be none: at a gap and where the sweep wraps. */
export function strokeBetween(
  before: WavePoint | null,
  after: WavePoint,
  periodMs: number,
  size: SweepSize,
): Stroke | null {
  if (before === null) return null;
  const apart = after.atMs - before.atMs;
  if (apart <= 0 || apart > periodMs * 2.5) return null;
  const fromX = columnOf(before.atMs, size);
  const toX = columnOf(after.atMs, size);
  if (toX <= fromX) return null;
  return { fromX, fromY: rowOf(before.value, size), toX, toY: rowOf(after.value, size) };
}

/** The columns to clear as the erase bar moves on: one or two spans, the second after a wrap. */
export function eraseSpans(
  fromMs: number,
  toMs: number,
  barPx: number,
  size: SweepSize,
): readonly { readonly x: number; readonly width: number }[] {
  if (toMs - fromMs >= size.windowMs) return [{ x: 0, width: size.width }];
  const from = columnOf(fromMs, size);
  const length = Math.min(size.width, ((toMs - fromMs) / size.windowMs) * size.width + barPx);
  if (from + length <= size.width) return [{ x: from, width: length }];
  return [
    { x: from, width: size.width - from },
    { x: 0, width: from + length - size.width },
  ];
}

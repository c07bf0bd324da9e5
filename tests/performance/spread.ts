/** Microseconds, of many trials. */
export interface Spread {
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
}

export function spread(milliseconds: readonly number[]): Spread {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (part: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 1000);
  return { p50Us: at(0.5), p99Us: at(0.99), maxUs: at(1) };
}

/** How long it took (ms). */
export async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

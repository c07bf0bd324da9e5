import type { Point } from '../facts/series.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import type { Plot } from './plot.ts';

export function limitLines({ limits }: SessionFacts, parameter: string): Plot['limits'] {
  return limits
    .filter((limit) => limit.parameter === parameter)
    .flatMap(({ below, above, general }) => {
      const own = general === null ? '' : ' own';
      return [
        ...(below === null ? [] : [{ value: below, label: `< ${below}${own}` }]),
        ...(above === null ? [] : [{ value: above, label: `> ${above}${own}` }]),
      ];
    });
}

export function limitNote({ limits }: SessionFacts): string {
  if (limits.length === 0) return 'measured';
  return limits.some(({ proposal }) => proposal) ? 'measured; dashed: limits, a PROPOSAL' : 'measured; dashed: limits';
}

const valuesOf = (points: readonly Point[]): readonly number[] =>
  points.flatMap(({ value }) => (value === null ? [] : [value]));

export function lowest(points: readonly Point[]): number | null {
  return valuesOf(points).reduce<number | null>((low, value) => Math.min(low ?? value, value), null);
}

export function highest(points: readonly Point[]): number | null {
  return valuesOf(points).reduce<number | null>((high, value) => Math.max(high ?? value, value), null);
}

export function described(title: string, points: readonly Point[]): string {
  const low = lowest(points);
  return low === null ? `${title}: no value` : `${title}: lowest ${low}, highest ${String(highest(points))}`;
}

/** To a figure that halves well on an axis. */
export function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value)) / 5;
  return Math.round(Math.ceil((value * 1.02) / (2 * unit)) * 2 * unit * 1000) / 1000;
}

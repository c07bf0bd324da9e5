import type { Pause } from './policy.ts';
import type { Label, Trace } from './trace.ts';

/** How loss of data was treated on one trace, beside a rule that pauses in the first second without a value. */
export interface DataAge {
  /** Labelled losses while the infusion ran, and those that did not pause it. */
  readonly losses: number;
  readonly missed: readonly string[];
  readonly falsePauses: { readonly policy: number; readonly threshold: number };
  /** Seconds from the first second without a value, or from the expiry of a reading, to the pause. */
  readonly delays: readonly number[];
}

const CONTINUOUS = ['spo2', 'pulse'] as const;

export function dataAgeOf(
  { seconds, labels }: Trace,
  pauses: readonly Pause[],
  isLoss: (pause: Pause) => boolean,
): DataAge {
  if (labels === null) return { losses: 0, missed: [], falsePauses: { policy: 0, threshold: 0 }, delays: [] };
  const losses = labels.filter(({ kind, start }) => kind === 'probe-off' && isRunning(start, pauses));
  const judged = losses.map((label) => ({
    label,
    pause: pauses.find(({ at }) => at >= label.start && at <= label.end),
  }));
  const isGap = (at: number): boolean => {
    const second = seconds[at];
    return second !== undefined && CONTINUOUS.some((parameter) => (second[parameter]?.value ?? null) === null);
  };
  const gaps = seconds.filter((_, at) => isGap(at) && !isGap(at - 1) && isFalse(at, labels));
  return {
    losses: losses.length,
    missed: judged.flatMap(({ label, pause }) => (pause === undefined ? [label.name] : [])),
    falsePauses: {
      policy: pauses.filter((pause) => isLoss(pause) && isFalse(pause.at, labels)).length,
      threshold: gaps.length,
    },
    delays: judged.flatMap(({ label, pause }) => (pause === undefined ? [] : [pause.at - label.start])),
  };
}

const isRunning = (at: number, pauses: readonly Pause[]): boolean =>
  !pauses.some((pause) => pause.at < at && pause.until > at);

const isFalse = (at: number, labels: readonly Label[]): boolean =>
  !labels.some(({ start, end, kind }) => kind !== 'nuisance' && at >= start && at <= end);

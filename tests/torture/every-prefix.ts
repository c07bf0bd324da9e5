import type { PowerCut } from './disk.ts';
import { recordWork, Torture, type TortureSummary } from './run-torture.ts';
import type { DiskStep } from './trace.ts';

/** Without chance: what is kept of unsynced writes is all of them or none. */
export const CERTAIN_CUTS = ['killed', 'lost'] as const satisfies readonly PowerCut[];
type CertainCut = (typeof CERTAIN_CUTS)[number];

/** Whether a cut after this step can leave another disk than one before it. */
function changes({ kind }: DiskStep, cut: CertainCut): boolean {
  return cut === 'lost' ? kind === 'sync' : kind !== 'sync' && kind !== 'acknowledge';
}

/**
 * Of all prefixes that leave the same disk the longest: it has the most rows acknowledged, so what holds for it holds for
 * the shorter ones.
 */
export function distinctMoments(steps: readonly DiskStep[], cut: CertainCut): readonly number[] {
  return steps.flatMap((_step, index) => {
    const next = steps[index + 1];
    return next === undefined || changes(next, cut) ? [index + 1] : [];
  });
}

/** Cuts at each prefix of a recording that leaves another disk, or at every so many of them. */
export async function cutEveryPrefix(
  torture: Torture,
  steps: readonly DiskStep[],
  seed: number,
  every = 1,
): Promise<void> {
  for (const cut of CERTAIN_CUTS) {
    const moments = distinctMoments(steps, cut).filter((_moment, index) => index % every === 0);
    await torture.cutAt(steps, moments, seed, 'every prefix', cut);
  }
}

export interface PrefixSummary extends TortureSummary {
  /** Prefixes of the recording, in both ways of a cut; `points` of them leave another disk than the one before. */
  readonly prefixes: number;
}

/** no moment of one recording is left to chance. */
export async function runEveryPrefix(seed: number): Promise<PrefixSummary> {
  const started = performance.now();
  const torture = new Torture(seed);
  const steps = await recordWork(seed);
  await cutEveryPrefix(torture, steps, seed);
  const { counts } = torture;
  return {
    seed,
    points: counts.killed + counts.lost,
    prefixes: CERTAIN_CUTS.length * steps.length,
    ...counts,
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

import { isModelled } from '../../../core/pharmacokinetics/ketamine-models.ts';
import type { ShownChair, ShownSession } from '../../app/shown.ts';
import { BLANK } from '../../ui/format.ts';

export interface PredictionText {
  /** Whole ng/mL, rounded outwards; BLANK: there is no number. */
  readonly band: string;
  /** What the band is, or why there is none. */
  readonly meaning: string;
  /** Name and ng/mL of each model. */
  readonly models: readonly { readonly name: string; readonly value: string }[];
}

/** What is said of the predicted concentration. Never a number without the word that it is predicted. */
export function predictionText(
  { live, phase }: Pick<ShownChair, 'live' | 'phase'>,
  { prediction, predictionCeilingNgPerMl: ceiling, plan }: ShownSession,
): PredictionText {
  if (plan !== null && !isModelled(plan.drug)) return { band: BLANK, meaning: notModelled(plan.drug), models: [] };
  if (prediction === null) return { band: BLANK, meaning: whyUnknown(live, phase), models: [] };
  const { minNgPerMl, maxNgPerMl, models } = prediction;
  if (maxNgPerMl === 0)
    return { band: BLANK, meaning: `None given yet in this session. ${ceilingText(ceiling)}`, models: [] };
  return {
    band: `${Math.floor(minNgPerMl)}-${Math.ceil(maxNgPerMl)}`,
    meaning: `A prediction of four published models, not a measurement. ${ceilingText(ceiling)}`,
    models: models.map(({ name, ngPerMl }) => ({ name, value: ngPerMl.toFixed(1) })),
  };
}

const notModelled = (drug: string): string =>
  `Not predicted: no published model of ${drug} is in use, so no prediction ceiling protects`;

const ceilingText = (ceiling: number | null): string =>
  ceiling === null ? 'No ceiling is set' : `Stops above ${ceiling} ng/mL`;

function whyUnknown(live: boolean, phase: ShownChair['phase']): string {
  if (!live) return 'Not known: no connection to the station';
  if (phase === 'interrupted') return 'Not known: the session was interrupted';
  return 'Not known now: the pump does not report';
}

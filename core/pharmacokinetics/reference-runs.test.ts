import { describe, expect, test } from 'vitest';
import { gram, type Millisecond, millisecond } from '../units.ts';
import { advance, type CompartmentModel, DRUG_FREE, predictedConcentration } from './compartments.ts';
import { individualModel } from './individual-model.ts';
import type { KetamineModelName } from './ketamine-models.ts';
import { INTERRUPTED_RUNS } from './testing-reference-interruptions.ts';
import { type ReferenceRun, STEADY_RUNS } from './testing-reference-runs.ts';

const RUNS = [...STEADY_RUNS, ...INTERRUPTED_RUNS];
const MODELS: readonly KetamineModelName[] = ['clements', 'domino', 'kamp', 'herd'];

const minutes = (count: number): Millisecond => millisecond(count * 60_000);

/** Micrograms that arrive in the minute after `from`; every rate of the runs changes at a full minute. */
function arriving({ infusions }: ReferenceRun, from: number): number {
  const infusion = infusions.find(([start, end]) => from >= start && from < end);
  return infusion ? infusion[2] / (infusion[1] - infusion[0]) : 0;
}

function concentrationAt(run: ReferenceRun, model: CompartmentModel, until: number): number {
  let state = DRUG_FREE;
  for (let minute = 0; minute < until; minute += 1) state = advance(model, state, minutes(1), arriving(run, minute));
  return predictedConcentration(model, state);
}

describe.each(RUNS)('$what', (run) => {
  test.each(MODELS)('%s gives the figures of an independent solution', (name) => {
    const model = individualModel(name, gram(run.weightKg * 1000));
    const predicted = run.minutes.map((minute) => concentrationAt(run, model, minute));
    // Within 0.5 %, and closer still: no more than the rounding of the reference to 0.01 ng/mL.
    expect(predicted.map((value) => Math.round(value * 100) / 100)).toEqual(run.predicted[name]);
  });
});

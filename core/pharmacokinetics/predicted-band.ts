import type { Gram, Microgram, Millisecond } from '../units.ts';
import {
  advance,
  type CompartmentModel,
  type CompartmentState,
  DRUG_FREE,
  predictedConcentration,
} from './compartments.ts';
import { individualModel } from './individual-model.ts';
import type { KetamineModelName } from './ketamine-models.ts';

/** One patient in every model at one instant. Plain data: it can be stored, sent and taken up again. */
export type KetaminePrediction = Readonly<
  Record<KetamineModelName, { readonly model: CompartmentModel; readonly state: CompartmentState }>
>;

/** Predicted plasma concentration in ng/mL. A prediction of four published models; nothing of it was measured. */
export interface PredictedBand {
  readonly min: number;
  readonly max: number;
  readonly byModel: Readonly<Record<KetamineModelName, number>>;
}

/** Before the first drug. @param weight more than zero, or a RangeError. */
export function predictionWithoutDrug(weight: Gram): KetaminePrediction {
  return everyModel((name) => ({ model: individualModel(name, weight), state: DRUG_FREE }));
}

/**
 * The prediction after a time during which drug arrived evenly: none is a pause, and looks ahead from a stop.
 * @param mass difference of the whole mass delivered before and after; masses rounded one by one would add up wrong.
 */
export function advancePrediction(
  prediction: KetaminePrediction,
  milliseconds: Millisecond,
  mass: Microgram,
): KetaminePrediction {
  return everyModel((name) => {
    const { model, state } = prediction[name];
    return { model, state: advance(model, state, milliseconds, mass) };
  });
}

/**
 * Lowest and highest concentration that any of the models predicts. The span between published models, not a confidence
 * interval: a patient may well be outside of it.
 */
export function predictedBand(prediction: KetaminePrediction): PredictedBand {
  const byModel = everyModel((name) => predictedConcentration(prediction[name].model, prediction[name].state));
  const concentrations = Object.values(byModel);
  return { min: Math.min(...concentrations), max: Math.max(...concentrations), byModel };
}

function everyModel<Value>(of: (name: KetamineModelName) => Value): Readonly<Record<KetamineModelName, Value>> {
  return { clements: of('clements'), domino: of('domino'), kamp: of('kamp'), herd: of('herd') };
}

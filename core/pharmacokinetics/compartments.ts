import { MINUTE, type Millisecond } from '../units.ts';

/** Transfer between compartments, per minute: 1 central, 2 fast peripheral, 3 slow peripheral, 0 out of the body. */
export interface RateConstants {
  readonly k10: number;
  readonly k12: number;
  readonly k21: number;
  /** Zero in a model of two compartments, as is `k31`. */
  readonly k13: number;
  readonly k31: number;
}

/** A mammillary model of one patient: drug enters and leaves the body by the central compartment only, with k10 > 0. */
export interface CompartmentModel extends RateConstants {
  /** Volume of the central compartment (V1) in litres, more than zero. */
  readonly centralLitres: number;
}

/** Micrograms of drug that the model predicts in each compartment, and of drug that has left the body. Plain data. */
export interface CompartmentState {
  readonly central: number;
  readonly fast: number;
  readonly slow: number;
  readonly eliminated: number;
}

export const DRUG_FREE: CompartmentState = { central: 0, fast: 0, slow: 0, eliminated: 0 };

/** Terms of the series below; with at most one expected transition the first one left out is under 1e-20. */
const TERMS = 20;

/** Predicted plasma concentration Cp in ng/mL (which is ug/L). */
export function predictedConcentration(model: CompartmentModel, state: CompartmentState): number {
  return state.central / model.centralLitres;
}

/**
 * The state after a time during which drug arrived at a constant rate; in no time at all it is a bolus. Exact, so the
 * result does not depend on how time is cut into steps. The work grows with the time: some 1 us per simulated minute.
 * @param micrograms drug that arrived, with fraction; finite and not negative, or a RangeError.
 *
 * The matrix exponential by uniformization (Jensen 1953): seen as events at the rate of the fastest compartment, at each
 * of which a share of the drug moves on, their number is Poisson distributed. All terms are positive: nothing cancels,
 * no amount falls below zero, and no drug is lost.
 */
export function advance(
  model: CompartmentModel,
  state: CompartmentState,
  milliseconds: Millisecond,
  micrograms: number,
): CompartmentState {
  if (!(micrograms >= 0 && micrograms < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${micrograms} is not a non-negative number of micrograms`);
  }
  if (milliseconds === 0) return { ...state, central: state.central + micrograms };
  const eventsPerMinute = Math.max(leavingCentral(model), model.k21, model.k31);
  const events = (eventsPerMinute * milliseconds) / MINUTE;
  const pieces = Math.ceil(events);
  const shares = sharesPerEvent(model, eventsPerMinute);
  let result = state;
  for (let piece = 0; piece < pieces; piece += 1) {
    result = advancePiece(shares, result, events / pieces, micrograms / pieces);
  }
  return result;
}

function leavingCentral({ k10, k12, k13 }: RateConstants): number {
  return k10 + k12 + k13;
}

/** The share of a compartment that moves on at one event, and what stays in the central one. */
interface Shares extends RateConstants {
  readonly k11: number;
}

function sharesPerEvent(model: RateConstants, eventsPerMinute: number): Shares {
  return {
    k10: model.k10 / eventsPerMinute,
    // One difference of two equal sums is exactly zero; three differences could fall below.
    k11: (eventsPerMinute - leavingCentral(model)) / eventsPerMinute,
    k12: model.k12 / eventsPerMinute,
    k21: model.k21 / eventsPerMinute,
    k13: model.k13 / eventsPerMinute,
    k31: model.k31 / eventsPerMinute,
  };
}

/** @param events expected number of them, above zero and at most one. */
function advancePiece(shares: Shares, state: CompartmentState, events: number, micrograms: number): CompartmentState {
  let probability = Math.exp(-events);
  let afterEvents = state;
  let expected = plus(DRUG_FREE, state, probability);
  for (let count = 1; count <= TERMS; count += 1) {
    probability *= events / count;
    afterEvents = afterEvent(shares, afterEvents, micrograms / events);
    expected = plus(expected, afterEvents, probability);
  }
  return expected;
}

function afterEvent(shares: Shares, before: CompartmentState, arriving: number): CompartmentState {
  const { central, fast, slow, eliminated } = before;
  return {
    central: shares.k11 * central + shares.k21 * fast + shares.k31 * slow + arriving,
    fast: shares.k12 * central + (1 - shares.k21) * fast,
    slow: shares.k13 * central + (1 - shares.k31) * slow,
    eliminated: eliminated + shares.k10 * central,
  };
}

function plus(sum: CompartmentState, term: CompartmentState, weight: number): CompartmentState {
  return {
    central: sum.central + weight * term.central,
    fast: sum.fast + weight * term.fast,
    slow: sum.slow + weight * term.slow,
    eliminated: sum.eliminated + weight * term.eliminated,
  };
}

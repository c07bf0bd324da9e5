import { type Condition, condition } from './alarm-book.ts';
import { isControlled } from './facts.ts';
import type { EngineState } from './state.ts';
import { change, type Turn } from './turn.ts';

/** Main computes it, from the volume that the pump reports. A figure that is none predicts too much, never too little. */
export function takePrediction(turn: Turn, maxNgPerMl: number): Turn {
  return change(turn, { predicted: maxNgPerMl >= 0 ? maxNgPerMl : Number.MAX_SAFE_INTEGER });
}

/** A prediction above the ceiling of the library lets nothing run, until time has brought it down again. */
export function isAbovePrediction(state: EngineState): boolean {
  const ceiling = ceilingOf(state);
  return ceiling !== null && state.predicted > ceiling;
}

export function predictionConditions(state: EngineState): readonly Condition[] {
  const isPassed = isControlled(state) && isAbovePrediction(state);
  return isPassed ? [condition('prediction-ceiling', state.predicted, ceilingOf(state))] : [];
}

const ceilingOf = ({ session }: EngineState): number | null => session?.predictionCeiling ?? null;

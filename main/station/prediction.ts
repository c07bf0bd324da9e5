import { massGiven } from '../../core/engine/dose.ts';
import { isPumpFresh } from '../../core/engine/facts.ts';
import type { EngineState, SessionBinding } from '../../core/engine/state.ts';
import { isModelled, KETAMINE_MODELS } from '../../core/pharmacokinetics/ketamine-models.ts';
import {
  advancePrediction,
  type KetaminePrediction,
  predictedBand,
  predictionWithoutDrug,
} from '../../core/pharmacokinetics/predicted-band.ts';
import { type Microgram, type Millisecond, SECOND } from '../../core/units.ts';
import type { PredictionView } from '../../preload/contract/frames.ts';
import type { Given } from './earlier-dose.ts';

/** A session as the models have followed it, up to the instant of one read-back of the pump. */
interface Followed {
  readonly sessionId: string;
  readonly prediction: KetaminePrediction;
  /** All drug that the pump had given by then, by its own report, in micrograms. */
  readonly given: number;
  readonly at: Millisecond;
}

/**
 * Plasma concentration at one chair as published models predict it from the volume that the pump reports, never
 * from what it was told to give. Begins with what the record knows of the day before; a pause is time without drug, nothing more.
 */
export class Prediction {
  #followed: Followed | null = null;

  /**
   * Called at every tick; takes in the newest read-back once a second. What came between two read-backs counts as having
   * come evenly.
   * @param drug name in the drug library of what the session gives
   * @param earlier what this patient was given of it before the session
   */
  follow(state: EngineState, drug: string, now: Millisecond, earlier: readonly Given[]): void {
    const { session, phase } = state;
    // of an interrupted session the record knows how much was given, not when.
    if (session === null || phase === 'interrupted' || !isModelled(drug)) {
      this.#followed = null;
    } else if (this.#followed?.sessionId === session.sessionId) {
      this.#followed = advanced(this.#followed, session, state.pump);
    } else {
      this.#followed = begun(session, now, earlier);
    }
  }

  /** Highest figure of any model, in whole ng/mL and rounded up; null where no model follows the session. */
  highest({ session }: EngineState): number | null {
    if (this.#followed === null || this.#followed.sessionId !== session?.sessionId) return null;
    return Math.ceil(predictedBand(this.#followed.prediction).max);
  }

  /** At `now`; null while nobody can say: another session, or a pump that has not been read back lately. */
  view(state: EngineState, now: Millisecond): PredictionView | null {
    if (this.#followed === null || this.#followed.sessionId !== state.session?.sessionId) return null;
    return isPumpFresh(state, now) ? predictionView(this.#followed.prediction) : null;
  }
}

/** Each earlier dose counts as given at once at the time of its row: a little late, so never understated. */
function begun({ sessionId, plan }: SessionBinding, at: Millisecond, earlier: readonly Given[]): Followed {
  const nothing = 0 as Microgram;
  let prediction = predictionWithoutDrug(plan.order.weight);
  let before = 0;
  for (const { ago, dose } of earlier.toSorted((one, other) => other.ago - one.ago)) {
    const since = Math.max(0, ago);
    prediction = advancePrediction(prediction, Math.max(0, before - since) as Millisecond, nothing);
    prediction = advancePrediction(prediction, 0 as Millisecond, dose as Microgram);
    before = since;
  }
  prediction = advancePrediction(prediction, before as Millisecond, nothing);
  return { sessionId, prediction, given: 0, at };
}

/** Plain arithmetic, as in the engine: whatever a pump says of itself, supervision goes on. */
function advanced(followed: Followed, session: SessionBinding, { reading, delivered }: EngineState['pump']): Followed {
  const elapsed = reading === null ? 0 : reading.at - followed.at;
  if (elapsed < SECOND) return followed;
  const given = massGiven(session, delivered);
  const arrived = (given - followed.given) as Microgram;
  const prediction = advancePrediction(followed.prediction, elapsed as Millisecond, arrived);
  return { ...followed, prediction, given, at: (followed.at + elapsed) as Millisecond };
}

/** One decimal, rounded outwards: the band shown is never narrower than the models are apart. */
function predictionView(prediction: KetaminePrediction): PredictionView {
  const { min, max, byModel } = predictedBand(prediction);
  return {
    minNgPerMl: Math.floor(min * 10) / 10,
    maxNgPerMl: Math.ceil(max * 10) / 10,
    models: (['clements', 'domino', 'kamp', 'herd'] as const).map((name) => ({
      name: KETAMINE_MODELS[name].label,
      ngPerMl: Math.round(byModel[name] * 10) / 10,
    })),
  };
}

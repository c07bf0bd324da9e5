import {
  advance,
  type CompartmentModel,
  type CompartmentState,
  DRUG_FREE,
  predictedConcentration,
} from '../../core/pharmacokinetics/compartments.ts';
import { individualModel } from '../../core/pharmacokinetics/individual-model.ts';
import { gram, millisecond } from '../../core/units.ts';
import type { PatientSigns } from '../kit/simulator.ts';

/** What happens to the patient besides the drug. */
export type Episode = 'none' | 'desaturate' | 'apnoea' | 'bradycardia';

export interface PatientOptions {
  readonly weightKg: number;
  /** SpO2 in % without drug; 98 by default. */
  readonly spo2?: number;
  /** Pulse per minute without drug; 70 by default. */
  readonly pulse?: number;
}

/** Invented for the demonstration, not from a study: the largest change, and the ng/mL at which half of it is there. */
const EFFECT = { pulse: 24, spo2: -3, halfAt: 250 };

const RECOVERY = { spo2: 3, pulse: 5 };
const DESATURATION = { spo2: 82, perSecond: 1 };
const BRADYCARDIA = { pulse: 36, perSecond: 3 };
/** Oxygen stores hold for a while; then the fall is steep (fastest fall recorded in a breath hold: 2.8 % per second). */
const APNOEA = { stores: 15, slow: 0.2, steep: 1.5, spo2: 70, pulseRise: 12, pulseLow: 48, pulseFallsBelow: 80 };

/** Steps towards a target by at most so much. */
function towards(value: number, target: number, step: number): number {
  return target > value ? Math.min(target, value + step) : Math.max(target, value - step);
}

/** A patient whose signs follow the drug that really arrived, and the episode that was asked for. No clock of its own. */
export class Patient {
  /** Domino's: of the models of the core, the one that follows a tenfold rate within the first minute. */
  readonly #model: CompartmentModel;
  readonly #baseline: { readonly spo2: number; readonly pulse: number };
  #ketamine: CompartmentState = DRUG_FREE;
  #episode: Episode = 'none';
  #inEpisode = 0;
  #breath = 0;
  #spo2: number;
  #pulse: number;

  constructor({ weightKg, spo2 = 98, pulse = 70 }: PatientOptions) {
    this.#model = individualModel('domino', gram(Math.round(weightKg * 1000)));
    this.#baseline = { spo2, pulse };
    this.#spo2 = spo2;
    this.#pulse = pulse;
  }

  begin(episode: Episode): void {
    this.#episode = episode;
    this.#inEpisode = 0;
  }

  /** Lets time pass, in whole milliseconds. @param ketamineMicrograms drug that arrived in it, with fraction. */
  advance(milliseconds: number, ketamineMicrograms: number): PatientSigns {
    const seconds = milliseconds / 1000;
    this.#ketamine = advance(this.#model, this.#ketamine, millisecond(milliseconds), ketamineMicrograms);
    const concentration = predictedConcentration(this.#model, this.#ketamine);
    const share = concentration / (concentration + EFFECT.halfAt);
    this.#inEpisode += seconds;
    this.#breath = (this.#breath + seconds * 0.23) % 1;
    this.#follow(this.#baseline.spo2 + EFFECT.spo2 * share, this.#baseline.pulse + EFFECT.pulse * share, seconds);
    const sway = Math.sin(2 * Math.PI * this.#breath);
    return { spo2: this.#spo2, pulse: this.#pulse + sway, perfusion: 'good' };
  }

  /** @param spo2 and pulse where the signs would be without an episode. */
  #follow(spo2: number, pulse: number, seconds: number): void {
    switch (this.#episode) {
      case 'none':
        return this.#move(spo2, RECOVERY.spo2 * seconds, pulse, RECOVERY.pulse * seconds);
      case 'desaturate':
        return this.#move(DESATURATION.spo2, DESATURATION.perSecond * seconds, pulse, RECOVERY.pulse * seconds);
      case 'bradycardia':
        return this.#move(spo2, RECOVERY.spo2 * seconds, BRADYCARDIA.pulse, BRADYCARDIA.perSecond * seconds);
      case 'apnoea': {
        const fall = this.#inEpisode < APNOEA.stores ? APNOEA.slow : APNOEA.steep;
        const failing = this.#spo2 < APNOEA.pulseFallsBelow;
        return this.#move(APNOEA.spo2, fall * seconds, failing ? APNOEA.pulseLow : pulse + APNOEA.pulseRise, seconds);
      }
    }
  }

  #move(spo2: number, spo2Step: number, pulse: number, pulseStep: number): void {
    this.#spo2 = towards(this.#spo2, spo2, spo2Step);
    this.#pulse = towards(this.#pulse, pulse, pulseStep);
  }
}

/**
 * Ketamine after Domino et al. (Clin Pharmacol Ther 1984;36:645-653): three compartments, rate constants per minute,
 * central volume 0.063 L/kg, as tabulated by stanpumpR. For the demonstration only: nothing about a real patient rests on it.
 */
const K10 = 0.4381;
const K12 = 0.5921;
const K21 = 0.247;
const K13 = 0.59;
const K31 = 0.0146;
const CENTRAL_LITRES_PER_KG = 0.063;
/** The fastest constant is 1.6 per minute: steps of a quarter of a second keep plain Euler well within 1 %. */
const STEP_MINUTES = 0.25 / 60;

export class Ketamine {
  readonly #centralLitres: number;
  /** Micrograms in the central and the two peripheral compartments. */
  #central = 0;
  #fast = 0;
  #slow = 0;

  constructor(weightKg: number) {
    this.#centralLitres = CENTRAL_LITRES_PER_KG * weightKg;
  }

  /** Lets a time pass during which a mass of drug arrives evenly. @returns plasma concentration in ng/mL. */
  advance(milliseconds: number, micrograms: number): number {
    const minutes = milliseconds / 60_000;
    const steps = Math.max(1, Math.ceil(minutes / STEP_MINUTES));
    for (let step = 0; step < steps; step += 1) this.#step(minutes / steps, micrograms / steps);
    return this.#central / this.#centralLitres;
  }

  #step(minutes: number, micrograms: number): void {
    const toFast = (K12 * this.#central - K21 * this.#fast) * minutes;
    const toSlow = (K13 * this.#central - K31 * this.#slow) * minutes;
    this.#central += micrograms - K10 * this.#central * minutes - toFast - toSlow;
    this.#fast += toFast;
    this.#slow += toSlow;
  }
}

import type { EngineState } from '../../core/engine/state.ts';
import type { Microlitre, Millisecond } from '../../core/units.ts';

/** Longest time for which a killed station may not know what was given (ms): 15 uL at 26.2 mL/h. */
const EVERY = 2_000;

/**
 * Writes down what the pump has given while it gives it, so that after a loss of the whole station no more than the last
 * seconds are missing from the dose.
 */
export class Progress {
  readonly #note: (state: EngineState) => void;
  #noted: Microlitre | null = null;
  #at = Number.NEGATIVE_INFINITY;

  constructor(note: (state: EngineState) => void) {
    this.#note = note;
  }

  tick(state: EngineState, now: Millisecond): void {
    const { delivered } = state.pump;
    if (state.phase !== 'infusing' || delivered === this.#noted || now - this.#at < EVERY) return;
    this.#noted = delivered;
    this.#at = now;
    this.#note(state);
  }
}

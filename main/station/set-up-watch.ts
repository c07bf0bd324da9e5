import type { EngineState, Phase } from '../../core/engine/state.ts';
import { type Millisecond, MINUTE } from '../../core/units.ts';

/** A set-up at which nobody worked for so long goes on only after a new sign-in, in milliseconds. */
export const SET_UP_IDLE_AFTER = 3 * MINUTE;

const BEFORE_START: ReadonlySet<Phase> = new Set(['planned', 'checked', 'armed']);

/** Ordered, and no drug given yet: whoever starts now relies on what somebody checked before. */
function isSetUp({ phase, pump }: EngineState): boolean {
  return BEFORE_START.has(phase) || (phase === 'paused' && pump.delivered === 0);
}

/**
 * How long a chair's set-up has waited for somebody. A seat locks by itself when it is idle, but a person who
 * works at another chair meanwhile keeps the seat, not the knowledge of what was checked here.
 */
export class SetUpWatch {
  #workedAt = 0;

  /** Somebody who is named acted at the chair. An idle set-up stays idle through that: only `takeUp` ends it. */
  worked(state: EngineState, now: Millisecond): void {
    if (!this.isIdle(state, now)) this.#workedAt = now;
  }

  isIdle(state: EngineState, now: Millisecond): boolean {
    return isSetUp(state) && now - this.#workedAt >= SET_UP_IDLE_AFTER;
  }

  /** Whether a person who signed in at `signedInAt` (monotonic ms) may go on here; if so, the set-up is idle no more. */
  takeUp(state: EngineState, signedInAt: number, now: Millisecond): boolean {
    if (this.isIdle(state, now) && now - signedInAt >= SET_UP_IDLE_AFTER) return false;
    this.#workedAt = now;
    return true;
  }
}

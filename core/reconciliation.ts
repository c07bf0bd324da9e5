import { counterIncrement } from './pump.ts';
import {
  type Microgram,
  type MicrogramPerMillilitre,
  type Microlitre,
  massIn,
  microgram,
  microgramPerMillilitre,
  microlitre,
} from './units.ts';

/** How far figures of a controlled drug may lie apart before somebody has to explain it. */
export interface ReconciliationRules {
  /** Difference of one account that counts as none: reading errors of a syringe and steps of a pump. */
  readonly mass: Microgram;
  /** Share by which a preparation may differ from the concentration of the order, 0.01 = 1 %. */
  readonly concentrationShare: number;
  /** Difference between the volume given and the pump's own counter that counts as none. */
  readonly counter: Microlitre;
}

/** A proposal: 0.1 mg is more than one step of a supported pump at 2 mg/mL. A clinician of the site has to set it. */
export const PROPOSED_RECONCILIATION: ReconciliationRules = {
  mass: microgram(100),
  concentrationShare: 0.01,
  counter: microlitre(50),
};

/** What was taken out of containers and put together for one infusion. */
export interface Preparation {
  readonly containerConcentration: MicrogramPerMillilitre;
  readonly containerVolume: Microlitre;
  readonly containers: number;
  /** Taken out of the containers. */
  readonly drawn: Microlitre;
  /** Whole volume of syringe or bag afterwards: a full bag grows by what is added to it. */
  readonly afterAddition: Microlitre;
}

/** Masses of a preparation, rounded up: what can go missing is never understated. */
export function prepared({ containerConcentration, containerVolume, containers, drawn }: Preparation): {
  readonly opened: Microgram;
  readonly drawn: Microgram;
} {
  return {
    opened: massIn(microlitre(containerVolume * containers), containerConcentration),
    drawn: massIn(drawn, containerConcentration),
  };
}

/** Concentration after the addition, rounded off: a full bag holds more than its label says. */
export function madeUp(drawn: Microgram, afterAddition: Microlitre): MicrogramPerMillilitre {
  return microgramPerMillilitre(Math.round((drawn * 1000) / afterAddition));
}

/** Why a preparation cannot be one; null where it can. */
export function preparationProblem(preparation: Preparation): 'more-than-opened' | 'less-after-addition' | null {
  const { containerVolume, containers, drawn, afterAddition } = preparation;
  if (drawn > containerVolume * containers) return 'more-than-opened';
  return afterAddition < drawn ? 'less-after-addition' : null;
}

/** One side taken, the other side accounted for. */
export interface Account {
  readonly taken: Microgram;
  readonly accounted: Microgram;
}

export interface Balance extends Account {
  /** `missing`: taken and not accounted for. `excess`: more accounted for than was taken. */
  readonly kind: 'balanced' | 'missing' | 'excess';
  /** Size of the difference, also where it counts as none. */
  readonly difference: Microgram;
}

/** Closes an account or names its difference; nothing is ever lost between the two. */
export function balance({ taken, accounted }: Account, { mass }: ReconciliationRules): Balance {
  const difference = microgram(Math.abs(taken - accounted));
  if (difference <= mass) return { kind: 'balanced', taken, accounted, difference };
  return { kind: taken > accounted ? 'missing' : 'excess', taken, accounted, difference };
}

/** Whether what was prepared is what was ordered. */
export function concentrationFits(
  made: MicrogramPerMillilitre,
  ordered: MicrogramPerMillilitre,
  { concentrationShare }: ReconciliationRules,
): boolean {
  return Math.abs(made - ordered) <= ordered * concentrationShare;
}

/**
 * Volume by the pump's own counter, from its read-backs in order: the sum of what it went up by.
 */
export function countedVolume(counters: readonly Microlitre[]): Microlitre {
  const volume = counters.reduce(
    (sum, counter, index) => sum + counterIncrement(counters[index - 1] ?? counter, counter),
    0,
  );
  return microlitre(volume);
}

/** Whether two volumes of the same infusion agree. */
export function countersAgree(given: Microlitre, counted: Microlitre, { counter }: ReconciliationRules): boolean {
  return Math.abs(given - counted) <= Math.max(counter, given / 100);
}

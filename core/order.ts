import type { DrugEntry } from './library.ts';
import type { PumpCapability } from './pump.ts';
import type { Gram, Microgram, MicrogramPerMillilitre, Microlitre, MicrolitrePerHour, Millisecond } from './units.ts';

/** What the clinician orders: a dose over a time. Rate and volume follow from it, they are never typed. */
export interface InfusionOrder {
  readonly entryId: string;
  readonly concentration: MicrogramPerMillilitre;
  readonly weight: Gram;
  readonly dose: Microgram;
  readonly duration: Millisecond;
}

/** What the pump will be given. `rate` is floored to the pump's step, so the real end may be later than ordered. */
export interface InfusionPlan {
  readonly order: InfusionOrder;
  readonly rate: MicrolitrePerHour;
  readonly volume: Microlitre;
  /** Real running time at the floored rate. */
  readonly runningTime: Millisecond;
}

/** One limit that an order touches. Figures are in the unit named, for display and record. */
export interface LimitFinding {
  readonly level: 'soft' | 'hard';
  readonly what:
    | 'weight'
    | 'dose-rate'
    | 'absolute-rate'
    | 'dose-per-weight'
    | 'session-dose'
    | 'duration'
    | 'rate'
    | 'concentration'
    | 'concentration-limit'
    | 'pump-rate'
    | 'pump-volume'
    | 'predicted-concentration'
    | 'window-dose'
    | 'window-dose-per-weight';
  readonly side: 'below' | 'above';
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
}

/**
 * Turns an order into a plan and says which limits it touches. With a hard finding there is no plan to run; soft
 * findings need a reason and a name. Arithmetic is exact in whole numbers and floors to the pump's step.
 */
export type PlanResult =
  | { readonly kind: 'plan'; readonly plan: InfusionPlan; readonly findings: readonly LimitFinding[] }
  | { readonly kind: 'refused'; readonly findings: readonly LimitFinding[] };

export type PlanOrder = (order: InfusionOrder, entry: DrugEntry, pump: PumpCapability) => PlanResult;

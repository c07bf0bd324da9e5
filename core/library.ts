import type { Gram, Microgram, MicrogramPerMillilitre, MicrolitrePerHour, Millisecond } from './units.ts';
import type { Parameter } from './vitals.ts';

/** A range with soft bounds (pass with reason and name) and hard bounds (never pass), R-4.9. Null: no such bound. */
export interface LimitRange<Q extends number> {
  readonly hardMin: Q | null;
  readonly softMin: Q | null;
  readonly softMax: Q | null;
  readonly hardMax: Q | null;
}

/** Micrograms per kilogram per hour; the unit in which dose-rate limits by weight are written. */
export type MicrogramPerKilogramHour = number;
/** Micrograms per kilogram. */
export type MicrogramPerKilogram = number;

/** Limits on all drug that one patient gets within any stretch of time of this length, in however many sessions. */
export interface DoseWindow {
  readonly over: Millisecond;
  readonly dose: LimitRange<Microgram>;
  readonly dosePerWeight: LimitRange<MicrogramPerKilogram>;
}

/** `pause`: limits that pause after a delay; `advisory`: limits that only call. Those that act at once move for nobody. */
export type MovableRank = 'pause' | 'advisory';

/** How far one patient's own baseline may move the limits of a sign outwards, in the unit of the sign. Null: not at all. */
export interface VitalBound {
  readonly parameter: Parameter;
  readonly rank: MovableRank;
  readonly loosestBelow: number | null;
  readonly loosestAbove: number | null;
}

/** One care-area entry of the drug library. Every figure is a proposal until a clinician of the site has set it. */
export interface DrugEntry {
  readonly id: string;
  readonly drug: string;
  readonly careArea: string;
  /** The concentrations this entry may be prepared in. */
  readonly concentrations: readonly MicrogramPerMillilitre[];
  readonly concentration: LimitRange<MicrogramPerMillilitre>;
  readonly weight: LimitRange<Gram>;
  /** Dose rate by weight, or null where the entry limits the absolute rate only. */
  readonly doseRate: LimitRange<MicrogramPerKilogramHour> | null;
  /** Absolute dose rate in micrograms per hour, or null where the entry limits by weight only. */
  readonly absoluteRate: LimitRange<number> | null;
  readonly dosePerWeight: LimitRange<MicrogramPerKilogram> | null;
  readonly sessionDose: LimitRange<Microgram>;
  readonly duration: LimitRange<Millisecond>;
  readonly rate: LimitRange<MicrolitrePerHour>;
  /** One of them is the day: 24 h. */
  readonly windows: readonly DoseWindow[];
  /** Highest plasma concentration, in ng/mL, that published models may predict. Null: the entry sets no ceiling. */
  readonly predictionCeiling: number | null;
  /** A sign and rank that stands in none of them is held to everybody's limits, whatever the baseline. */
  readonly vitalBounds: readonly VitalBound[];
  /** Where the figures come from. */
  readonly source: string;
}

/** A library as loaded: which version decided is part of every record. */
export interface DrugLibrary {
  readonly version: string;
  /** True until a site's clinician has approved the figures; shown wherever a limit is shown. */
  readonly proposal: boolean;
  readonly entries: readonly DrugEntry[];
}

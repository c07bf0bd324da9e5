import type { Millisecond } from './units.ts';

/** What the station understands of a patient's signs. Each parameter has one unit, everywhere. */
export const PARAMETERS = {
  spo2: { label: 'SpO2', unit: '%', min: 0, max: 100 },
  pulse: { label: 'Pulse', unit: '/min', min: 0, max: 321 },
} as const satisfies Record<string, { label: string; unit: string; min: number; max: number }>;

export type Parameter = keyof typeof PARAMETERS;

/**
 * How far a value may be trusted: `good`; `poor` (artifact, low perfusion: physiological verdicts wait, R-5.5);
 * `invalid` (the device says there is no value: the technical path, never a number).
 */
export type Quality = 'good' | 'poor' | 'invalid';

/** One reading as the device gave it. `value` is null exactly when `quality` is `invalid`. */
export interface VitalSample {
  readonly parameter: Parameter;
  readonly value: number | null;
  readonly quality: Quality;
  /** Monotonic time at which the last byte of the frame arrived. */
  readonly at: Millisecond;
}

/** A value outside what the parameter can be is an artefact of the wire, not of the patient. */
export function isPossible(parameter: Parameter, value: number): boolean {
  const { min, max } = PARAMETERS[parameter];
  return Number.isFinite(value) && value >= min && value <= max;
}

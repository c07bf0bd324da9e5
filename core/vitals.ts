import type { Millisecond } from './units.ts';

/**
 * Where a parameter is measured. Two parameters of one source are not independent: what disturbs one disturbs the other.
 */
export type VitalSource = 'pleth' | 'ecg' | 'breath' | 'cuff' | 'observer';

interface ParameterFacts {
  readonly label: string;
  readonly unit: string;
  /** What a value can be at all; a cuff reads nothing below its lower figure, so that a 0 for "no signal" is none. */
  readonly min: number;
  readonly max: number;
  readonly source: VitalSource;
}

/** What the station understands of a patient's signs. Each parameter has one unit, everywhere. */
export const PARAMETERS = {
  spo2: { label: 'SpO2', unit: '%', min: 0, max: 100, source: 'pleth' },
  pulse: { label: 'Pulse', unit: '/min', min: 0, max: 321, source: 'pleth' },
  hr: { label: 'HR (ECG)', unit: '/min', min: 0, max: 350, source: 'ecg' },
  rr: { label: 'RR', unit: '/min', min: 0, max: 150, source: 'breath' },
  etco2: { label: 'etCO2', unit: 'mmHg', min: 0, max: 150, source: 'breath' },
  'nibp-sys': { label: 'NIBP systolic', unit: 'mmHg', min: 30, max: 300, source: 'cuff' },
  'nibp-dia': { label: 'NIBP diastolic', unit: 'mmHg', min: 10, max: 250, source: 'cuff' },
  sedation: { label: 'MOAA/S', unit: 'of 5', min: 0, max: 5, source: 'observer' },
} as const satisfies Record<string, ParameterFacts>;

export type Parameter = keyof typeof PARAMETERS;

export const PARAMETER_NAMES = Object.keys(PARAMETERS) as readonly Parameter[];

/** The same made for every parameter. */
export function perParameter<T>(make: (parameter: Parameter) => T): Readonly<Record<Parameter, T>> {
  return Object.fromEntries(PARAMETER_NAMES.map((parameter) => [parameter, make(parameter)])) as Record<Parameter, T>;
}

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
  /** Monotonic time at which the last byte of the frame arrived; of a reading that a person entered, when it was taken. */
  readonly at: Millisecond;
}

/** A value outside what the parameter can be is an artefact of the wire, not of the patient. */
export function isPossible(parameter: Parameter, value: number): boolean {
  const { min, max } = PARAMETERS[parameter];
  // A scale has no steps between its steps.
  const exists = parameter === 'sedation' ? Number.isInteger(value) : Number.isFinite(value);
  return exists && value >= min && value <= max;
}

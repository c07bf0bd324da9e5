import type { AlarmPriority } from './alarms.ts';

export interface Pulse {
  readonly atS: number;
  readonly lengthS: number;
}

export interface Burst {
  readonly pulses: readonly Pulse[];
  /** From the start of one burst to the start of the next, seconds. */
  readonly everyS: number;
}

/** Fundamental and its harmonics in Hz: four of them lie in 300-4000 Hz. */
export const FUNDAMENTAL_HZ = 440;
export const HARMONICS = [1, 2, 3, 4, 5] as const;

/** Height of a partial beside the fundamental; the fifth is 7 dB below it, where 15 dB are allowed. */
export const heightOf = (harmonic: number): number => 1 / Math.sqrt(harmonic);

/** A pulse rises and falls in this time (s), so that it does not click. */
export const RISE_S = 0.015;

/** Share of full scale: the more urgent, the louder. */
export const LOUDNESS = { high: 0.9, medium: 0.6, low: 0.35 } as const satisfies Record<AlarmPriority, number>;

const pulsesAt = (lengthS: number, ...starts: readonly number[]): readonly Pulse[] =>
  starts.map((atS) => ({ atS, lengthS }));

/** IEC 60601-1-8 bursts: high 10 pulses as 3+2 twice, medium 3, low 2. */
export const BURSTS = {
  high: { pulses: pulsesAt(0.15, 0, 0.25, 0.5, 0.95, 1.2, 2, 2.25, 2.5, 2.95, 3.2), everyS: 6 },
  medium: { pulses: pulsesAt(0.2, 0, 0.4, 0.8), everyS: 8 },
  low: { pulses: pulsesAt(0.2, 0, 0.45), everyS: 20 },
} as const satisfies Record<AlarmPriority, Burst>;

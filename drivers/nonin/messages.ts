import type { Quality, VitalSample } from '../../core/vitals.ts';
import type { Millisecond } from '../../core/units.ts';
import type { Frame8 } from './frame8.ts';

export type NoninFormat = '2' | '7' | '8';

/** What the oximeter says about its signal. */
export type Condition =
  | 'sensor-fault'
  | 'sensor-off'
  | 'out-of-track'
  | 'artifact'
  | 'low-perfusion'
  | 'marginal-perfusion';

/**
 * What each condition makes of the values beside it. Without a finger or a tracked pulse there is no value;
 * with artifact or weak perfusion there is one, but no verdict on the patient rests on it.
 */
const QUALITY: Readonly<Record<Condition, Quality>> = {
  'sensor-fault': 'invalid',
  'sensor-off': 'invalid',
  'out-of-track': 'invalid',
  artifact: 'poor',
  'low-perfusion': 'poor',
  'marginal-perfusion': 'poor',
};

/** Both values of one moment; null where the device sent its code for "missing" or something out of its range. */
export interface Measurement {
  readonly spo2: number | null;
  readonly pulse: number | null;
  readonly conditions: ReadonlySet<Condition>;
}

/** Perfusion colour of a pulse; null between pulses, when the device shows none. */
export type Colour = 'green' | 'yellow' | 'red';

const MISSING_PULSE = 511;
const MISSING_SPO2 = 127;
const PULSE_RANGE = { min: 18, max: 321 };
const SPO2_RANGE = { min: 0, max: 100 };

/** The three tables of bits are those of Nonin 6470-000-01; `sensor-fault` is SNSD of OEM III and Xpod. */
const STATUS_BITS: readonly (readonly [number, Condition])[] = [
  [0x40, 'sensor-fault'],
  [0x20, 'artifact'],
  [0x10, 'out-of-track'],
  [0x08, 'sensor-off'],
];
const FORMAT8_FIRST_BITS: readonly (readonly [number, Condition])[] = [
  [0x40, 'sensor-fault'],
  [0x20, 'out-of-track'],
  [0x10, 'low-perfusion'],
  [0x08, 'marginal-perfusion'],
  [0x04, 'artifact'],
];
const FORMAT8_LAST_BITS: readonly (readonly [number, Condition])[] = [[0x08, 'sensor-off']];

const LOW_BATTERY = 0x01;

const named = (byte: number, bits: readonly (readonly [number, Condition])[]): Condition[] =>
  bits.filter(([mask]) => (byte & mask) !== 0).map(([, condition]) => condition);

export const statusConditions = (status: number): readonly Condition[] => named(status, STATUS_BITS);

/** RPRF is bit 2, GPRF bit 1; both together are yellow. */
export function statusColour(status: number): Colour | null {
  const red = (status & 0x04) !== 0;
  const green = (status & 0x02) !== 0;
  if (red) return green ? 'yellow' : 'red';
  return green ? 'green' : null;
}

/** Nine bits in two bytes. Reading them as eight and eight turns 200 into 328. */
export function readPulse(msb: number, lsb: number): number | null {
  const value = ((msb & 0x03) << 7) | (lsb & 0x7f);
  return value === MISSING_PULSE || value < PULSE_RANGE.min || value > PULSE_RANGE.max ? null : value;
}

export function readSpo2(byte: number): number | null {
  const value = byte & 0x7f;
  return value === MISSING_SPO2 || value < SPO2_RANGE.min || value > SPO2_RANGE.max ? null : value;
}

/** STAT2 of formats 2 and 7, and the last byte of format 8, carry LOWBAT in bit 0. */
export const isBatteryLow = (byte: number): boolean => (byte & LOW_BATTERY) !== 0;

export function readFormat8([first, second, third, fourth]: Frame8): Measurement {
  return {
    pulse: readPulse(first, second),
    spo2: readSpo2(third),
    conditions: new Set([...named(first, FORMAT8_FIRST_BITS), ...named(fourth, FORMAT8_LAST_BITS)]),
  };
}

export function worstQuality(conditions: Iterable<Condition>): Quality {
  const qualities = new Set(Array.from(conditions, (condition) => QUALITY[condition]));
  if (qualities.has('invalid')) return 'invalid';
  return qualities.has('poor') ? 'poor' : 'good';
}

/** Never a number beside `invalid`. */
export function samplesOf(measurement: Measurement, at: Millisecond): readonly VitalSample[] {
  const quality = worstQuality(measurement.conditions);
  const sample = (parameter: VitalSample['parameter'], value: number | null): VitalSample =>
    value === null || quality === 'invalid'
      ? { parameter, value: null, quality: 'invalid', at }
      : { parameter, value, quality, at };
  return [sample('spo2', measurement.spo2), sample('pulse', measurement.pulse)];
}

/** Short form of the format command. Only honoured in the first seconds; kept by the device afterwards. */
export function selectFormat(format: NoninFormat): Uint8Array {
  return Uint8Array.of(0x02, 0x70, 0x02, 0x02, Number(format), 0x03);
}

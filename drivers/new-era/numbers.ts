import { type Microlitre, type MicrolitrePerHour, microlitre, microlitrePerHour } from '../../core/units.ts';

/** A pump number has at most this many digits besides its point, and at most three decimals (NE-1000 manual). */
const DIGITS = 4;
const MAX_DECIMALS = 3;

/**
 * Thousandths as the shortest text that the pump takes, rounded down to what four digits can carry:
 * 17_500 -> `17.5`, 12_345 -> `12.34`, 1_699_999 -> `1699`. Throws a RangeError from 10,000 units up.
 */
export function toWire(thousandths: number): string {
  const whole = Math.floor(thousandths / 1000);
  const integerDigits = String(whole).length;
  if (!Number.isSafeInteger(thousandths) || thousandths < 0 || integerDigits > DIGITS) {
    throw new RangeError(`${thousandths} thousandths do not fit into ${DIGITS} digits`);
  }
  const decimals = Math.min(MAX_DECIMALS, DIGITS - integerDigits);
  const fraction = String(thousandths % 1000)
    .padStart(3, '0')
    .slice(0, decimals)
    .replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

/** Thousandths as a reply shows them: always five characters, four digits and a point, rounded down. */
export function toReply(thousandths: number): string {
  const whole = String(Math.floor(thousandths / 1000)).slice(-DIGITS);
  const fraction = String(Math.floor(thousandths) % 1000).padStart(3, '0');
  return `${whole}.${fraction}`.slice(0, DIGITS + 1);
}

/** Exact thousandths of a number on the wire, or null when it is not one that the pump could send or take. */
export function fromWire(text: string): number | null {
  const match = /^(\d{0,4})(?:\.(\d{0,3}))?$/.exec(text);
  const digits = (match?.[1] ?? '') + (match?.[2] ?? '');
  if (!match || digits.length === 0 || digits.length > DIGITS) return null;
  return Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
}

/** Microlitres per hour in one of each unit of `RAT`. */
export const RATE_UNITS: Readonly<Record<string, number>> = { UM: 60, MM: 60_000, UH: 1, MH: 1000 };
/** Microlitres in one of each unit of `VOL` and `DIS`. */
export const VOLUME_UNITS: Readonly<Record<string, number>> = { UL: 1, ML: 1000 };

/** `12.50MH` -> 12,500 uL/h. Fractions of a microlitre count up: what may have flowed is never understated. */
export function rateFrom(text: string): MicrolitrePerHour | null {
  const value = scaled(text, RATE_UNITS);
  return value === null ? null : microlitrePerHour(value);
}

/** `17.50ML` -> 17,500 uL, fractions counted up like those of a rate. */
export function volumeFrom(text: string): Microlitre | null {
  const value = scaled(text, VOLUME_UNITS);
  return value === null ? null : microlitre(value);
}

function scaled(text: string, units: Readonly<Record<string, number>>): number | null {
  const thousandths = fromWire(text.slice(0, -2));
  const unit = units[text.slice(-2)];
  return thousandths === null || unit === undefined ? null : Math.ceil((thousandths * unit) / 1000);
}

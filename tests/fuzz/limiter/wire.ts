import { crcByTable } from '../new-era-target.ts';

// Our own reader of what leaves for a New Era pump, by the manual (NE-1000 pp. 33-34). It shares no code with the product.

const STX = 0x02;
const ETX = 0x03;

/** Microlitres per hour in one of each unit: millilitres and microlitres, per minute and per hour. */
const RATES: Readonly<Record<string, number>> = { MM: 60_000, MH: 1_000, UM: 60, UH: 1 };
const VOLUMES: Readonly<Record<string, number>> = { ML: 1_000, UL: 1 };

export type RateUnit = 'MM' | 'MH' | 'UM' | 'UH';
export type VolumeUnit = 'ML' | 'UL';

export const microlitresPerHourOf = (thousandths: number, unit: RateUnit): number =>
  (thousandths * (RATES[unit] ?? Number.NaN)) / 1000;
export const microlitresOf = (thousandths: number, unit: VolumeUnit): number =>
  (thousandths * (VOLUMES[unit] ?? Number.NaN)) / 1000;

/** The payloads of whole packets in a row, or null where a byte of them belongs to none. */
export function payloadsOf(bytes: Uint8Array): readonly string[] | null {
  const payloads: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at + 1] ?? 0;
    const payload = bytes.subarray(at + 2, at + length - 2);
    const crc = (bytes[at + length - 2] ?? 0) * 256 + (bytes[at + length - 1] ?? 0);
    const isWhole = bytes[at] === STX && length >= 4 && bytes[at + length] === ETX;
    if (!isWhole || crcByTable(payload) !== crc) return null;
    payloads.push(Buffer.from(payload).toString('latin1'));
    at += length + 1;
  }
  return payloads;
}

export function packetOf(payload: string): Uint8Array {
  const text = Buffer.from(payload, 'latin1');
  const crc = crcByTable(text);
  return Uint8Array.of(STX, text.length + 4, ...text, crc >> 8, crc & 0xff, ETX);
}

/** Thousandths, exactly; null for what no pump takes: at most four digits and a point, at most three decimals. */
export function thousandthsOf(number: string): number | null {
  const [whole = '', decimals = '', ...more] = number.split('.');
  const digits = whole + decimals;
  if (more.length > 0 || digits.length < 1 || digits.length > 4 || decimals.length > 3) return null;
  return /^[0-9]+$/.test(digits) ? Number(whole) * 1000 + Number(decimals.padEnd(3, '0')) : null;
}

/** As a pump says it: always four digits and a point. */
export function fiveCharacters(thousandths: number): string {
  const [whole, decimals] = [Math.floor(thousandths / 1000), Math.floor(thousandths % 1000)];
  return `${whole}.${String(decimals).padStart(3, '0')}`.slice(0, 5);
}

/** What a packet tells a pump. */
export type Told =
  | { readonly kind: 'ask' | 'run' | 'stop' }
  | { readonly kind: 'rate'; readonly thousandths: number; readonly unit: RateUnit }
  | { readonly kind: 'volume'; readonly thousandths: number }
  | { readonly kind: 'volume-unit'; readonly unit: VolumeUnit }
  | { readonly kind: 'watchdog'; readonly seconds: number }
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  /** Nothing that an infusion needs. */
  | { readonly kind: 'foreign' };

const SETTINGS: Readonly<Record<string, RegExp>> = {
  PHN: /^[12]$/,
  FUN: /^(RAT|STP)$/,
  DIR: /^INF$/,
  DIA: /^(14\.43|19\.05|21\.59|26\.59)$/,
  CLD: /^INF$/,
  PF: /^0$/,
};

/** @param text a payload without the address */
export function toldBy(text: string): Told {
  if (['', 'VER', 'DIS', 'DIA', 'RAT', 'VOL', 'DIR', 'FUN', 'PF'].includes(text)) return { kind: 'ask' };
  if (text === 'RUN') return { kind: 'run' };
  if (text === 'STP') return { kind: 'stop' };
  if (text === 'VOLML' || text === 'VOLUL') return { kind: 'volume-unit', unit: text === 'VOLML' ? 'ML' : 'UL' };
  const [, name = '', value = ''] = /^(PF|[A-Z]{3})(.*)$/.exec(text) ?? [];
  if (name === 'RAT') return rateOf(value);
  if (name === 'SAF' && /^\d{1,3}$/.test(value)) return { kind: 'watchdog', seconds: Number(value) };
  const thousandths = name === 'VOL' ? thousandthsOf(value) : null;
  if (thousandths !== null) return { kind: 'volume', thousandths };
  return SETTINGS[name]?.test(value) === true ? { kind: 'set', name, value } : { kind: 'foreign' };
}

function rateOf(value: string): Told {
  const unit = value.slice(-2);
  const thousandths = thousandthsOf(value.slice(0, -2));
  if (thousandths === null) return { kind: 'foreign' };
  return unit === 'MH' || unit === 'MM' || unit === 'UH' || unit === 'UM'
    ? { kind: 'rate', thousandths, unit }
    : { kind: 'foreign' };
}

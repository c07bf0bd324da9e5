import { RATE_UNITS, VOLUME_UNITS } from './numbers.ts';

/** A number as it stands in the pump: thousandths of a unit. */
export interface Setting {
  readonly thousandths: number;
  readonly unit: string;
}

/** One of the 41 steps of the pumping program. */
export interface Phase {
  readonly function: 'RAT' | 'STP';
  readonly rate: Setting;
  /** Thousandths of the volume unit; zero is endless. */
  readonly volume: number;
  readonly direction: 'INF' | 'WDR';
}

export const LAST_PHASE = 41;

/**
 * A phase that nobody has set. Worst case on purpose: it delivers, without a limit, at the rate of the phase before;
 * the field reports that the default program goes on past phase 1.
 */
const UNSET: Phase = { function: 'RAT', rate: { thousandths: 0, unit: 'MH' }, volume: 0, direction: 'INF' };

/** What survives a power failure: everything set over the line (manual). */
export class Settings {
  safeSeconds: number;
  address: number;
  /** Millimetres in thousandths; 26.59 mm is the largest BD syringe. */
  diameter = 26_590;
  volumeUnit = 'ML';
  selected = 1;
  /** Switches AL, BP, LOC and PF. Resuming after a power failure is on: the case a driver must rule out. */
  readonly switches = new Map([
    ['AL', '1'],
    ['BP', '1'],
    ['LOC', '0'],
    ['PF', '1'],
  ]);
  readonly #phases = new Map<number, Phase>();

  constructor(safeSeconds: number, address: number) {
    this.safeSeconds = safeSeconds;
    this.address = address;
  }

  phase(number: number): Phase {
    return this.#phases.get(number) ?? UNSET;
  }

  change(change: Partial<Phase>): void {
    this.#phases.set(this.selected, { ...this.phase(this.selected), ...change });
  }

  setDiameter(thousandths: number): void {
    this.diameter = thousandths;
    this.volumeUnit = thousandths > 14_000 ? 'ML' : 'UL';
  }

  /** Volume limit of a phase in microlitres; zero is endless. */
  limit(phase: Phase): number {
    return (phase.volume * (VOLUME_UNITS[this.volumeUnit] ?? 0)) / 1000;
  }

  /** Slowest and fastest flow of the syringe in microlitres per hour, from the plunger speeds of the manual. */
  flowRange(): { readonly min: number; readonly max: number } {
    const squareCentimetres = Math.PI * (this.diameter / 20_000) ** 2;
    return { min: squareCentimetres * 4.205, max: squareCentimetres * 5_100.5 * 60 };
  }
}

/** Microlitres per hour of a rate setting. */
export const flow = (rate: Setting): number => (rate.thousandths * (RATE_UNITS[rate.unit] ?? 0)) / 1000;

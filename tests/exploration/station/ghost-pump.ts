import { HOUR, type Microlitre, type MicrolitrePerHour } from '../../../core/units.ts';

/** What the pump moved in one stretch of true time. */
export interface Moved {
  readonly from: number;
  readonly to: number;
  readonly volume: number;
  /** Of the program by which it moved. */
  readonly epoch: number;
}

/**
 * A pump that keeps its program whatever becomes of station and line: `mute` hears and is not heard, `deaf` neither. It
 * has no watchdog of its own, so that it gives all that it was let start with, as late as it can.
 */
export class GhostPump {
  line: 'well' | 'mute' | 'deaf' = 'well';
  isRunning = false;
  rate = 0 as MicrolitrePerHour;
  #left = 0;
  #epoch = 0;
  #counter = 0;
  /** Less than the smallest step of its motor. */
  #rest = 0;

  get counter(): Microlitre {
    return this.#counter as Microlitre;
  }

  get hears(): boolean {
    return this.line !== 'deaf';
  }

  program(rate: MicrolitrePerHour, volume: Microlitre, epoch: number): void {
    this.rate = rate;
    this.#left = volume;
    this.#epoch = epoch;
  }

  start(): void {
    this.isRunning = this.#left > 0;
  }

  stop(): void {
    this.isRunning = false;
    this.#left = 0;
  }

  /** True time passes. */
  pass(from: number, to: number): Moved | null {
    if (!this.isRunning) return null;
    const exact = (this.rate * (to - from)) / HOUR + this.#rest;
    const volume = Math.min(Math.floor(exact), this.#left);
    this.#rest = exact - Math.floor(exact);
    this.#left -= volume;
    this.#counter += volume;
    if (this.#left === 0) this.stop();
    return { from, to, volume, epoch: this.#epoch };
  }
}

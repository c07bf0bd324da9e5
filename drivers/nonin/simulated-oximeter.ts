import type { PatientSigns } from '../kit/simulator.ts';
import { PACKET_FRAMES } from './frame.ts';
import { FRAMES_PER_SECOND } from './manifest.ts';
import type { Colour } from './messages.ts';
import { SimulatedPleth } from './simulated-pleth.ts';

/** Pulse and saturation as the device would send them, with its codes for "missing". */
export interface Shown {
  readonly pulse: number;
  readonly spo2: number;
}

/** Everything the wire formats take from the device at one of its 75 instants a second. */
export interface Instant {
  /** 1..25. */
  readonly position: number;
  readonly pleth: number;
  readonly colour: Colour | null;
  readonly perfusion: PatientSigns['perfusion'];
  readonly sensorOff: boolean;
  readonly outOfTrack: boolean;
  /** Recording values: missing at once without a tracked pulse. */
  readonly plain: Shown;
  /** Display values ("-D"): held for 10 s after finger-off, renewed every 1.5 s. */
  readonly display: Shown;
  /** Counts thirds of a second, 14 bits. */
  readonly timer: number;
}

const MISSING: Shown = { pulse: 511, spo2: 127 };
const COLOUR: Readonly<Record<PatientSigns['perfusion'], Colour>> = { good: 'green', marginal: 'yellow', low: 'red' };
/** Share of full scale of one pulse. */
const AMPLITUDE: Readonly<Record<PatientSigns['perfusion'], number>> = { good: 0.55, marginal: 0.25, low: 0.1 };
const COLOUR_FRAMES = 12;
const DISPLAY_FRAMES = 1.5 * FRAMES_PER_SECOND;
const HOLD_FRAMES = 10 * FRAMES_PER_SECOND;
/** Time to find a pulse after power-up or after the finger came back; the real figure depends on the finger. */
const ACQUIRE_FRAMES = FRAMES_PER_SECOND;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, Math.round(value)));

/** The device between the finger and the wire; it knows frames, not seconds, so it needs no clock. */
export class SimulatedOximeter {
  readonly #pleth = new SimulatedPleth();
  #signs: PatientSigns = { spo2: 98, pulse: 72, perfusion: 'good' };
  #fingerOff = false;
  #frames = 0;
  #tracking = 0;
  #sinceFingerOff = 0;
  #colourLeft = 0;
  #plain = MISSING;
  #display = MISSING;

  show(signs: PatientSigns): void {
    this.#signs = signs;
  }

  setFingerOff(off: boolean): void {
    this.#fingerOff = off;
  }

  /** Switched off and on: the counters start again, the display is empty and the pulse has to be found. */
  restart(): void {
    this.#frames = 0;
    this.#tracking = 0;
    this.#sinceFingerOff = HOLD_FRAMES;
    this.#display = MISSING;
  }

  next(): Instant {
    const position = (this.#frames % PACKET_FRAMES) + 1;
    const beat = this.#pleth.advance(1 / FRAMES_PER_SECOND, this.#signs.pulse) && !this.#fingerOff;
    this.#colourLeft = beat ? COLOUR_FRAMES : Math.max(0, this.#colourLeft - 1);
    this.#track();
    // Pulse and saturation of a packet belong together: both are taken at its start.
    if (position === 1) this.#plain = this.#isTracked() ? this.#measured() : MISSING;
    if (this.#frames % Math.round(DISPLAY_FRAMES) === 0) this.#renewDisplay();
    this.#frames += 1;
    return {
      position,
      pleth: this.#fingerOff ? 0.25 : this.#pleth.height(AMPLITUDE[this.#signs.perfusion]),
      colour: this.#colourLeft > 0 && this.#isTracked() ? COLOUR[this.#signs.perfusion] : null,
      perfusion: this.#signs.perfusion,
      sensorOff: this.#fingerOff,
      outOfTrack: !this.#isTracked(),
      plain: this.#isTracked() ? this.#plain : MISSING,
      display: this.#display,
      timer: Math.floor(this.#frames / PACKET_FRAMES) & 0x3fff,
    };
  }

  #track(): void {
    this.#tracking = this.#fingerOff || this.#signs.pulse <= 0 ? 0 : this.#tracking + 1;
    this.#sinceFingerOff = this.#fingerOff ? this.#sinceFingerOff + 1 : 0;
  }

  #isTracked(): boolean {
    return this.#tracking > ACQUIRE_FRAMES;
  }

  #measured(): Shown {
    return { pulse: clamp(this.#signs.pulse, 18, 321), spo2: clamp(this.#signs.spo2, 0, 100) };
  }

  #renewDisplay(): void {
    if (this.#isTracked()) this.#display = this.#measured();
    else if (!this.#fingerOff || this.#sinceFingerOff >= HOLD_FRAMES) this.#display = MISSING;
  }
}

import type { Decoded, Decoder } from './decoder.ts';
import { Format8Framer, type Frame8 } from './frame8.ts';
import { isBatteryLow, type Measurement, readFormat8 } from './messages.ts';

/** Averaged over four beats, neither value moves further than this in the second between two frames. */
const MAX_PULSE_STEP = 30;
const MAX_SPO2_STEP = 10;

/**
 * Format 8 has only the "-D" values, which the device holds for 10 s after finger-off: its sensor bits decide. It has no
 * checksum either, so a leap counts as artifact until the next frame repeats it.
 */
export class Format8Decoder implements Decoder {
  readonly #framer = new Format8Framer();
  #last: Measurement | null = null;

  push(bytes: Uint8Array): readonly Decoded[] {
    return this.#framer.push(bytes).flatMap((event) => (event.kind === 'frame' ? this.#decode(event.frame) : [event]));
  }

  #decode(frame: Frame8): Decoded[] {
    const read = readFormat8(frame);
    const leapt = this.#last !== null && isLeap(this.#last, read);
    this.#last = read;
    const measurement: Measurement = leapt
      ? { ...read, conditions: new Set([...read.conditions, 'artifact' as const]) }
      : read;
    return [
      { kind: 'measurement', measurement },
      { kind: 'battery', low: isBatteryLow(frame[3]) },
    ];
  }
}

const isLeap = (before: Measurement, now: Measurement): boolean =>
  isFurther(before.pulse, now.pulse, MAX_PULSE_STEP) || isFurther(before.spo2, now.spo2, MAX_SPO2_STEP);

const isFurther = (before: number | null, now: number | null, step: number): boolean =>
  before !== null && now !== null && Math.abs(now - before) > step;

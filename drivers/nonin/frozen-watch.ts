import type { Decoded } from './decoder.ts';
import { PACKET_FRAMES } from './frame.ts';

/** Packets come three times a second: 10 s. */
const FROZEN_PACKETS = 30;

/**
 * a waveform that repeats itself exactly for 10 s is not a patient. Only judged while the device claims a
 * signal; without a finger in the sensor a flat line is expected.
 */
export class FrozenWatch {
  #packet: number[] = [];
  #last = '';
  #repeats = 0;
  #frozen = false;

  take(position: number, pleth: number, hasSignal: boolean): Decoded[] {
    if (!hasSignal) {
      this.skip();
      return this.#release();
    }
    this.#packet.push(pleth);
    if (position !== PACKET_FRAMES) return [];
    return this.#judge();
  }

  /** A packet with a damaged frame proves neither life nor its absence. */
  skip(): void {
    this.#packet = [];
  }

  #judge(): Decoded[] {
    const whole = this.#packet.length === PACKET_FRAMES;
    const packet = this.#packet.join();
    this.#packet = [];
    if (!whole) return [];
    if (packet !== this.#last) {
      this.#last = packet;
      return this.#release();
    }
    this.#repeats += 1;
    if (this.#frozen || this.#repeats < FROZEN_PACKETS) return [];
    this.#frozen = true;
    return [{ kind: 'frozen', frozen: true }];
  }

  #release(): Decoded[] {
    this.#repeats = 0;
    if (!this.#frozen) return [];
    this.#frozen = false;
    return [{ kind: 'frozen', frozen: false }];
  }
}

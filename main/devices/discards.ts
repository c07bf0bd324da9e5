import type { Clock } from '../../drivers/kit/clock.ts';
import type { FromDeviceHost } from './messages.ts';

const EVERY = 1_000;

/** Sums up what a parser rejected: a line full of noise must not flood the channel that carries stops and vitals. */
export class Discards {
  readonly #device: 'pump' | 'monitor';
  readonly #clock: Clock;
  readonly #send: (message: FromDeviceHost) => void;
  readonly #reasons = new Set<string>();
  #bytes = 0;
  #since = 0;

  constructor(device: 'pump' | 'monitor', clock: Clock, send: (message: FromDeviceHost) => void) {
    this.#device = device;
    this.#clock = clock;
    this.#send = send;
  }

  add(reason: string, bytes: number): void {
    if (this.#reasons.size === 0) this.#since = this.#clock.now();
    this.#reasons.add(reason);
    this.#bytes += bytes;
  }

  /** Sends at most one message per second. */
  tick(): void {
    const at = this.#clock.now();
    if (this.#reasons.size === 0 || at - this.#since < EVERY) return;
    const reason = [...this.#reasons].join(', ');
    this.#send({ kind: 'discarded', device: this.#device, reason, bytes: this.#bytes, at });
    this.#reasons.clear();
    this.#bytes = 0;
  }
}

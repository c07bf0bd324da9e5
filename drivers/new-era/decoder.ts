import type { Millisecond } from '../../core/units.ts';
import type { Clock } from '../kit/clock.ts';

/** What a judge says of the bytes received so far, looked at from the first one. */
export type Verdict<Frame> =
  | { readonly kind: 'wait' }
  | { readonly kind: 'take'; readonly bytes: number; readonly frame: Frame }
  | { readonly kind: 'discard'; readonly bytes: number; readonly reason: string };

/** Decides from a non-empty prefix alone, so any split of the bytes gives the same frames. */
export type Judge<Frame> = (bytes: Uint8Array) => Verdict<Frame>;

export interface DecoderSink<Frame> {
  frame(frame: Frame): void;
  discarded(reason: string, bytes: number): void;
}

/** A partial packet is dropped after this silence between bytes (NE-1000 manual p. 33). */
const INTER_BYTE_TIMEOUT = 500 as Millisecond;

/**
 * Cuts a byte stream into frames:   line bytes -> buffer -> judge -> frame | discarded
 * Never throws on what a device sends; what it rejects is reported with a reason and a count.
 */
export class Decoder<Frame> {
  readonly #clock: Clock;
  readonly #judge: Judge<Frame>;
  readonly #sink: DecoderSink<Frame>;
  #buffer = new Uint8Array(0);
  #lastByte = 0 as Millisecond;

  constructor(clock: Clock, judge: Judge<Frame>, sink: DecoderSink<Frame>) {
    this.#clock = clock;
    this.#judge = judge;
    this.#sink = sink;
  }

  push(bytes: Uint8Array): void {
    const now = this.#clock.now();
    if (this.#buffer.length > 0 && now - this.#lastByte > INTER_BYTE_TIMEOUT) this.reset('partial packet');
    this.#lastByte = now;
    const joined = new Uint8Array(this.#buffer.length + bytes.length);
    joined.set(this.#buffer);
    joined.set(bytes, this.#buffer.length);
    this.#buffer = joined.slice(this.#drain(joined));
  }

  /** Drops what is half received, as a pump does that lost power. */
  reset(reason: string): void {
    const bytes = this.#buffer.length;
    this.#buffer = new Uint8Array(0);
    if (bytes > 0) this.#sink.discarded(reason, bytes);
  }

  /** Returns how many bytes are dealt with. */
  #drain(bytes: Uint8Array): number {
    let start = 0;
    while (start < bytes.length) {
      const verdict = this.#judge(bytes.subarray(start));
      if (verdict.kind === 'wait') break;
      start += verdict.bytes;
      if (verdict.kind === 'take') this.#sink.frame(verdict.frame);
      else this.#sink.discarded(verdict.reason, verdict.bytes);
    }
    return start;
  }
}

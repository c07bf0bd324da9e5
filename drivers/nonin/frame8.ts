/**
 * Format 8:   [1xxxxxxx, 0xxxxxxx, 0xxxxxxx, 0xxxxxxx] once a second, told apart by bit 7 alone.
 * There is no checksum, so the shape must hold three times without a stray byte before a frame is believed.
 */
const FRAMES_BEFORE_TRUST = 3;
const START = 0x80;

export type Frame8 = readonly [number, number, number, number];

export type Frame8Event =
  | { readonly kind: 'frame'; readonly frame: Frame8 }
  | { readonly kind: 'discarded'; readonly reason: string; readonly bytes: number };

/** Never throws: what does not fit comes back as `discarded`. */
export class Format8Framer {
  #pending: number[] = [];
  #consistent = 0;

  push(bytes: Uint8Array): readonly Frame8Event[] {
    const events: Frame8Event[] = [];
    for (const byte of bytes) this.#take(byte, events);
    return events;
  }

  #take(byte: number, events: Frame8Event[]): void {
    const starts = byte >= START;
    if (starts && this.#pending.length > 0) this.#distrust(events, this.#pending.length);
    if (!starts && this.#pending.length === 0) return this.#distrust(events, 1);
    this.#pending.push(byte);
    const [first, second, third, fourth] = this.#pending;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) return;
    this.#pending = [];
    this.#consistent += 1;
    if (this.#consistent >= FRAMES_BEFORE_TRUST) events.push({ kind: 'frame', frame: [first, second, third, fourth] });
  }

  #distrust(events: Frame8Event[], bytes: number): void {
    this.#pending = [];
    this.#consistent = 0;
    events.push({ kind: 'discarded', reason: 'not a format 8 frame', bytes });
  }
}

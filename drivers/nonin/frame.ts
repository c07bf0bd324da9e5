/**
 * Formats 2 and 7:   bytes -> hunt for a whole packet -> locked -> frames 1..25, 1..25, ...
 *
 * A frame has five bytes: [01 | status, status | pleth MSB, pleth (LSB), float, sum of the four before]. Only frame 1 of
 * a packet carries SYNC. An 8-bit sum is weak, so nothing is believed before 26 frames in a row fitted.
 */
export const FRAME_BYTES = 5;
export const PACKET_FRAMES = 25;

export type PacketFormat = '2' | '7';

export type FrameEvent =
  | {
      readonly kind: 'frame';
      /** 1..25; says what `float` means. */
      readonly position: number;
      readonly status: number;
      /** Height of the pulse waveform, 0..1 of the full scale of the format. */
      readonly pleth: number;
      readonly float: number;
    }
  /** The frame that should stand at this place of the packet was not sound. */
  | { readonly kind: 'damaged'; readonly position: number }
  /** The packet boundary is gone; whatever was collected of the packet is void. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'discarded'; readonly reason: string; readonly bytes: number };

const STATUS_MARK = 0x80;
const SYNC = 0x01;
const PROOF_FRAMES = PACKET_FRAMES + 1;
/** More unsound frames in one packet than this are a slipped byte rather than a spoiled one. */
const MAX_DAMAGED = 2;

/** Never throws: what does not fit comes back as `discarded`. */
export class PacketFramer {
  readonly #format: PacketFormat;
  #pending: number[] = [];
  #locked = false;
  #position = 0;
  #damaged = 0;
  #skipped = 0;

  constructor(format: PacketFormat) {
    this.#format = format;
  }

  /** Takes any split of the stream. */
  push(bytes: Uint8Array): readonly FrameEvent[] {
    const events: FrameEvent[] = [];
    for (const byte of bytes) {
      this.#pending.push(byte);
      if (this.#pending.length < FRAME_BYTES) continue;
      if (this.#locked) this.#follow(events);
      else this.#hunt(events);
    }
    this.#reportSkipped(events);
    return events;
  }

  /** Slides by one byte, never by a frame: only so a slipped byte heals. */
  #hunt(events: FrameEvent[]): void {
    while (this.#pending.length >= FRAME_BYTES && !this.#startsPacket()) {
      this.#pending.shift();
      this.#skipped += 1;
    }
    if (this.#pending.length < PROOF_FRAMES * FRAME_BYTES) return;
    this.#reportSkipped(events);
    this.#pending.splice(0, PACKET_FRAMES * FRAME_BYTES);
    this.#locked = true;
    this.#position = PACKET_FRAMES;
    this.#follow(events);
  }

  /** One event for a run of bytes, not one for each. */
  #reportSkipped(events: FrameEvent[]): void {
    if (this.#skipped === 0) return;
    events.push({ kind: 'discarded', reason: 'not in step with the packets', bytes: this.#skipped });
    this.#skipped = 0;
  }

  /** Every complete frame among the pending bytes is where it belongs in a packet that starts at the first byte. */
  #startsPacket(): boolean {
    const frames = Math.min(PROOF_FRAMES, Math.floor(this.#pending.length / FRAME_BYTES));
    for (let index = 0; index < frames; index += 1) {
      const status = this.#soundStatus(index * FRAME_BYTES);
      if (status === null || hasSync(status) !== (index % PACKET_FRAMES === 0)) return false;
    }
    return true;
  }

  #follow(events: FrameEvent[]): void {
    const position = (this.#position % PACKET_FRAMES) + 1;
    const status = this.#soundStatus(0);
    if (position === 1) this.#damaged = 0;
    if (status !== null && hasSync(status) === (position === 1)) {
      events.push({ kind: 'frame', position, status, ...this.#content() });
    } else {
      this.#damaged += 1;
      // A sound frame with SYNC in the wrong place, or too many unsound ones: the boundary moved.
      if (status !== null || this.#damaged > MAX_DAMAGED) {
        this.#locked = false;
        events.push({ kind: 'lost' });
        return this.#hunt(events);
      }
      events.push({ kind: 'damaged', position }, { kind: 'discarded', reason: 'damaged frame', bytes: FRAME_BYTES });
    }
    this.#pending.splice(0, FRAME_BYTES);
    this.#position = position;
  }

  /** Status byte of the frame at an offset, or null when checksum, marker or leading byte are wrong. */
  #soundStatus(offset: number): number | null {
    const [first = 0, second = 0, third = 0, float = 0, sum = 0] = this.#pending.slice(offset, offset + FRAME_BYTES);
    if (((first + second + third + float) & 0xff) !== sum) return null;
    if (this.#format === '2' && first !== 0x01) return null;
    const status = this.#format === '2' ? second : first;
    return (status & STATUS_MARK) === 0 ? null : status;
  }

  #content(): { pleth: number; float: number } {
    const [, second = 0, third = 0, float = 0] = this.#pending;
    const pleth = this.#format === '2' ? third / 0xff : (second * 0x100 + third) / 0xffff;
    return { pleth, float };
  }
}

const hasSync = (status: number): boolean => (status & SYNC) !== 0;

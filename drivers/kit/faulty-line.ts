import type { Fault } from './simulator.ts';
import type { Duplex } from './transport.ts';

type WireFaultKind =
  | 'silence'
  | 'garble'
  | 'drop'
  | 'delay'
  | 'split'
  | 'merge'
  | 'duplicate'
  | 'slow'
  | 'echo'
  | 'flood';

/** Faults of the wire between device and station. All others are faults of the device itself. */
export type WireFault = Extract<Fault, { kind: WireFaultKind }>;

/** A line whose wire a test or a technician can spoil. */
export interface FaultyLine {
  readonly line: Duplex;
  /** Switches one wire fault on or changes it; `none` clears all of them. */
  set(fault: WireFault | { readonly kind: 'none' }): void;
}

type Wire = { readonly [Kind in WireFaultKind]: number };

const SOUND: Wire = {
  silence: 0,
  garble: 0,
  drop: 0,
  delay: 0,
  split: 0,
  merge: 0,
  duplicate: 0,
  slow: 0,
  echo: 0,
  flood: 0,
};

export const isWireFault = (fault: Fault): fault is WireFault => Object.hasOwn(SOUND, fault.kind);

/** Noise: about what a line of 19,200 baud carries. */
const FLOOD_EVERY = 20;
const FLOOD_BYTES = 32;

/**
 * Wraps the line of a simulator:
 *
 *   simulator -> [silence, drop, garble, duplicate, merge, split or slow, delay] -> station
 *
 * Frames are counted by write() calls, so a simulator sends one reply or frame per write.
 */
class SpoiledLine implements Duplex {
  readonly #inner: Duplex;
  readonly #held: Uint8Array[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #wire = SOUND;
  #frames = 0;
  #bytes = 0;
  #merging: Uint8Array[] = [];
  #flood: NodeJS.Timeout | undefined;
  #noise = 1;

  constructor(inner: Duplex) {
    this.#inner = inner;
  }

  set(fault: WireFault | { readonly kind: 'none' }): void {
    this.#wire = fault.kind === 'none' ? SOUND : { ...this.#wire, [fault.kind]: figureOf(fault) };
    if (fault.kind === 'garble') this.#bytes = 0;
    if (fault.kind === 'drop' || fault.kind === 'duplicate') this.#frames = 0;
    clearInterval(this.#flood);
    if (this.#wire.flood > 0) this.#flood = setInterval(() => this.#makeNoise(), FLOOD_EVERY);
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#frames += 1;
    if (this.#wire.silence > 0 || hits(this.#frames, this.#wire.drop)) return;
    const frame = this.#garbled(bytes);
    const copies = hits(this.#frames, this.#wire.duplicate) ? [frame, frame] : [frame];
    await Promise.all(this.#merged(copies).flatMap((each) => this.#dispatch(each)));
  }

  /** A silent device hears nothing either: a stop sent to it changes nothing. */
  onData(listener: (bytes: Uint8Array) => void): void {
    this.#inner.onData((bytes) => {
      if (this.#wire.silence > 0) return;
      // An echo into a line that just closed is lost, as on a wire.
      if (this.#wire.echo > 0) this.#inner.write(bytes.slice()).catch(() => this.#forget());
      listener(bytes);
    });
  }

  onClosed(listener: (reason: string) => void): void {
    this.#inner.onClosed((reason) => {
      this.#forget();
      listener(reason);
    });
  }

  async close(): Promise<void> {
    this.#forget();
    await this.#inner.close();
  }

  #garbled(bytes: Uint8Array): Uint8Array {
    if (this.#wire.garble === 0) return bytes;
    return bytes.map((byte) => {
      this.#bytes += 1;
      return hits(this.#bytes, this.#wire.garble) ? byte ^ 0x01 : byte;
    });
  }

  /** Nothing until enough frames came together. What was held back when the fault ended goes out with the next. */
  #merged(frames: readonly Uint8Array[]): readonly Uint8Array[] {
    if (this.#wire.merge === 0 && this.#merging.length === 0) return frames;
    this.#merging.push(...frames.map((frame) => frame.slice()));
    if (this.#merging.length < this.#wire.merge) return [];
    const together = Uint8Array.from(this.#merging.flatMap((frame) => [...frame]));
    this.#merging = [];
    return [together];
  }

  /** A frame as it travels: whole, in halves or byte by byte. */
  #dispatch(bytes: Uint8Array): readonly Promise<void>[] {
    const { slow, split, delay } = this.#wire;
    if (slow > 0) return [...bytes].map((byte, index) => this.#send(Uint8Array.of(byte), delay + index * slow));
    if (split === 0 || bytes.length < 2) return [this.#send(bytes, delay)];
    const half = bytes.length >> 1;
    return [this.#send(bytes.subarray(0, half), delay), this.#send(bytes.subarray(half), delay + split)];
  }

  async #send(bytes: Uint8Array, wait: number): Promise<void> {
    if (wait === 0 && this.#held.length === 0) return this.#inner.write(bytes);
    this.#hold(bytes, wait);
  }

  /** Each timer sends the oldest bytes, so a shortened delay never lets later ones overtake. */
  #hold(bytes: Uint8Array, wait: number): void {
    this.#held.push(bytes.slice());
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const oldest = this.#held.shift();
      // Bytes held until after the cable was pulled are lost, as on a wire.
      if (oldest) this.#inner.write(oldest).catch(() => this.#forget());
    }, wait);
    this.#timers.add(timer);
  }

  /** The same noise in every run: a linear congruential sequence. */
  #makeNoise(): void {
    const noise = Uint8Array.from({ length: FLOOD_BYTES }, () => {
      this.#noise = (Math.imul(this.#noise, 1_664_525) + 1_013_904_223) >>> 0;
      return this.#noise >>> 24;
    });
    this.#inner.write(noise).catch(() => this.#forget());
  }

  #forget(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    clearInterval(this.#flood);
    this.#held.length = 0;
    this.#merging = [];
  }
}

const hits = (count: number, every: number): boolean => every > 0 && count % every === 0;

/** The one figure that each wire fault has; 0: off. */
function figureOf(fault: WireFault): number {
  switch (fault.kind) {
    case 'silence':
    case 'echo':
    case 'flood':
      return fault.on ? 1 : 0;
    case 'garble':
      return fault.everyBytes;
    case 'drop':
    case 'duplicate':
      return fault.every;
    case 'delay':
    case 'split':
      return fault.milliseconds;
    case 'merge':
      return fault.frames;
    case 'slow':
      return fault.millisecondsPerByte;
  }
}

export function faultyLine(line: Duplex): FaultyLine {
  const spoiled = new SpoiledLine(line);
  return { line: spoiled, set: (fault) => spoiled.set(fault) };
}

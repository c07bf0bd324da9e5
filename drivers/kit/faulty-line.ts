import type { Fault } from './simulator.ts';
import type { Duplex } from './transport.ts';

/** A line whose wire a test or a technician can spoil. Faults of the device itself are not for the wire. */
export interface FaultyLine {
  readonly line: Duplex;
  /** Switches one wire fault on or off; `none` clears all of them; device faults are ignored here. */
  set(fault: Fault): void;
}

/**
 * Wraps the line of a simulator:   simulator -> [silence, drop, garble, delay] -> station
 * `drop` and `delay` count write() calls, so a simulator sends one reply or frame per write.
 */
class SpoiledLine implements Duplex {
  readonly #inner: Duplex;
  readonly #held: Uint8Array[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #silent = false;
  #dropEvery = 0;
  #garbleEvery = 0;
  #delay = 0;
  #frames = 0;
  #bytes = 0;

  constructor(inner: Duplex) {
    this.#inner = inner;
  }

  set(fault: Fault): void {
    switch (fault.kind) {
      case 'silence':
        this.#silent = fault.on;
        break;
      case 'garble':
        this.#garbleEvery = fault.everyBytes;
        this.#bytes = 0;
        break;
      case 'drop':
        this.#dropEvery = fault.every;
        this.#frames = 0;
        break;
      case 'delay':
        this.#delay = fault.milliseconds;
        break;
      case 'none':
        this.#silent = false;
        this.#dropEvery = 0;
        this.#garbleEvery = 0;
        this.#delay = 0;
        break;
      case 'refuse':
      case 'power-cycle':
      case 'stall':
      case 'panel':
      case 'finger-off':
        break;
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#frames += 1;
    if (this.#silent || hits(this.#frames, this.#dropEvery)) return;
    const sent = this.#garbled(bytes);
    if (this.#delay === 0 && this.#held.length === 0) return this.#inner.write(sent);
    this.#hold(sent);
  }

  /** A silent device hears nothing either: a stop sent to it changes nothing. */
  onData(listener: (bytes: Uint8Array) => void): void {
    this.#inner.onData((bytes) => {
      if (!this.#silent) listener(bytes);
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
    if (this.#garbleEvery === 0) return bytes;
    return bytes.map((byte) => {
      this.#bytes += 1;
      return hits(this.#bytes, this.#garbleEvery) ? byte ^ 0x01 : byte;
    });
  }

  /** Each timer sends the oldest frame, so a shortened delay never lets a later frame overtake. */
  #hold(bytes: Uint8Array): void {
    this.#held.push(bytes.slice());
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const oldest = this.#held.shift();
      // A frame held until after the cable was pulled is lost, as on a wire.
      if (oldest) this.#inner.write(oldest).catch(() => this.#forget());
    }, this.#delay);
    this.#timers.add(timer);
  }

  #forget(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#held.length = 0;
  }
}

const hits = (count: number, every: number): boolean => every > 0 && count % every === 0;

export function faultyLine(line: Duplex): FaultyLine {
  const spoiled = new SpoiledLine(line);
  return { line: spoiled, set: (fault) => spoiled.set(fault) };
}

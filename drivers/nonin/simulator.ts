import { type Clock, monotonicClock } from '../kit/clock.ts';
import { type FaultyLine, faultyLine, isWireFault, type WireFault } from '../kit/faulty-line.ts';
import type { Fault, MonitorSimulator, PatientSigns } from '../kit/simulator.ts';
import type { Duplex } from '../kit/transport.ts';
import { FRAMES_PER_SECOND } from './manifest.ts';
import type { NoninFormat } from './messages.ts';
import { ACK, CommandReader, NAK } from './simulated-commands.ts';
import { type Instant, SimulatedOximeter } from './simulated-oximeter.ts';
import { format8Frame, packetFrame } from './simulated-wire.ts';

export interface NoninSimulatorOptions {
  /** Paces the frames; the process's monotonic clock by default. */
  readonly clock?: Clock;
  /** Data format at power-up; `7` by default. A format command changes it and, as in the device, it stays changed. */
  readonly format?: NoninFormat;
}

/** Frames of one write: bytes flow smoothly, and a fault that drops a write loses a fifth of a packet. */
const BURST_FRAMES = 5;
/** Exact at whole seconds, so that nothing drifts by rounding. */
const burstsIn = (milliseconds: number): number =>
  Math.floor((milliseconds * FRAMES_PER_SECOND) / (1000 * BURST_FRAMES));
const timeOf = (bursts: number): number => (bursts * 1000 * BURST_FRAMES) / FRAMES_PER_SECOND;
/** A process that slept longer than this sends what is due now, not all it missed: a wire has no memory. */
const MAX_BEHIND_BURSTS = 15;
const SELECT_WINDOW = 5000;
const BOOT_TIME = 1000;

/** A Nonin oximeter in data format 2, 7 or 8. The figures are invented; the wire is that of Nonin 6470-000-01. */
class NoninSimulator implements MonitorSimulator {
  readonly #clock: Clock;
  readonly #oximeter = new SimulatedOximeter();
  readonly #wireFaults = new Map<WireFault['kind'], WireFault>();
  #format: NoninFormat;
  #wire: FaultyLine | null = null;
  #refuses = false;
  #spoilEvery = 0;
  #frames = 0;
  /** Format commands are honoured for a while after power-up and after a cable was plugged in. */
  #selectableUntil = 0;
  #startedAt = 0;
  #bursts = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor({ clock = monotonicClock, format = '7' }: NoninSimulatorOptions) {
    this.#clock = clock;
    this.#format = format;
    this.#start(0);
  }

  attach(line: Duplex): void {
    const wire = faultyLine(line);
    // A cable plugged in again does not repair a device.
    for (const fault of this.#wireFaults.values()) wire.set(fault);
    const commands = new CommandReader();
    wire.line.onData((bytes) => {
      for (const asked of commands.push(bytes)) this.#select(asked);
    });
    wire.line.onClosed(() => {
      if (this.#wire === wire) this.#wire = null;
    });
    this.#wire = wire;
    this.#selectableUntil = this.#clock.now() + SELECT_WINDOW;
  }

  show(signs: PatientSigns): void {
    this.#oximeter.show(signs);
  }

  fault(fault: Fault): void {
    if (isWireFault(fault)) {
      this.#wireFaults.set(fault.kind, fault);
      this.#wire?.set(fault);
      return;
    }
    switch (fault.kind) {
      case 'checksum':
        this.#spoilEvery = fault.every;
        return;
      case 'refuse':
        this.#refuses = fault.on;
        return;
      case 'finger-off':
        this.#oximeter.setFingerOff(fault.on);
        return;
      case 'power-cycle':
        this.#oximeter.restart();
        this.#start(BOOT_TIME);
        return;
      case 'none':
        this.#wireFaults.clear();
        this.#wire?.set(fault);
        this.#refuses = false;
        this.#spoilEvery = 0;
        this.#oximeter.setFingerOff(false);
        return;
      case 'stall':
      case 'panel':
      case 'panel-set':
      case 'other-model':
        return;
    }
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #start(delay: number): void {
    this.dispose();
    this.#startedAt = this.#clock.now() + delay;
    this.#selectableUntil = this.#startedAt + SELECT_WINDOW;
    this.#bursts = 0;
    this.#wait();
  }

  /** Every burst is due at a multiple of its period from the start, so that delays of the timer do not add up. */
  #wait(): void {
    const due = this.#startedAt + timeOf(this.#bursts + 1);
    this.#timer = setTimeout(() => this.#catchUp(), Math.max(0, Math.ceil(due - this.#clock.now())));
  }

  #catchUp(): void {
    const due = burstsIn(this.#clock.now() - this.#startedAt);
    this.#bursts = Math.max(this.#bursts, due - MAX_BEHIND_BURSTS);
    for (; this.#bursts < due; this.#bursts += 1) this.#burst();
    this.#wait();
  }

  #burst(): void {
    const bytes: number[] = [];
    for (let frame = 0; frame < BURST_FRAMES; frame += 1) bytes.push(...this.#encode(this.#oximeter.next()));
    if (bytes.length > 0) this.#send(Uint8Array.from(bytes));
  }

  #encode(instant: Instant): readonly number[] {
    this.#frames += 1;
    if (this.#format !== '8') return this.#packetFrame(instant, this.#format);
    return this.#frames % FRAMES_PER_SECOND === 0 ? format8Frame(instant) : [];
  }

  #packetFrame(instant: Instant, format: '2' | '7'): readonly number[] {
    const bytes = packetFrame(instant, format);
    const isSpoiled = this.#spoilEvery > 0 && this.#frames % this.#spoilEvery === 0;
    // The last byte of a frame is its checksum.
    return isSpoiled ? [...bytes.slice(0, -1), (bytes.at(-1) ?? 0) ^ 0x01] : bytes;
  }

  #select(asked: NoninFormat | null): void {
    const honoured = asked !== null && !this.#refuses && this.#clock.now() < this.#selectableUntil;
    if (honoured) this.#format = asked;
    this.#send(honoured ? ACK : NAK);
  }

  #send(bytes: Uint8Array): void {
    // Only a line that just went refuses bytes, and `onClosed` tells of that.
    this.#wire?.line.write(bytes).catch(() => {});
  }
}

export function createNoninSimulator(options: NoninSimulatorOptions = {}): MonitorSimulator {
  return new NoninSimulator(options);
}

import { mayDeliver, type PumpReading } from '../../core/pump.ts';
import type { Microlitre, MicrolitrePerHour, Millisecond } from '../../core/units.ts';
import type { Clock } from './clock.ts';

/** Leave to run, given by main and valid for `lifetime` after it arrived. Ceilings are absolute pump figures. */
export interface Permit {
  readonly epoch: number;
  readonly ceilingRate: MicrolitrePerHour;
  /** Highest value of the pump's counter at which it may still run. */
  readonly ceilingCounter: Microlitre;
  readonly lifetime: Millisecond;
}

interface Program {
  readonly epoch: number;
  readonly rate: MicrolitrePerHour;
  readonly volume: Microlitre;
}

export type GuardRefusal =
  | 'guard-no-permit'
  | 'guard-other-epoch'
  | 'guard-stopping'
  | 'guard-no-reading'
  | 'guard-not-programmed'
  | 'guard-busy'
  | 'guard-delivering'
  | 'guard-rate'
  | 'guard-volume';

export type GuardTrip =
  | 'delivering-without-permit'
  | 'permit-expired'
  | 'rate-above-ceiling'
  | 'counter-above-ceiling'
  | 'counter-went-back'
  | 'state-not-permitted'
  | 'pump-line-lost'
  | 'main-gone'
  | 'host-fault';

export interface GuardPorts {
  /** Sends a stop ahead of everything. False when no pump is connected: then no bytes left. */
  stop(): boolean;
  tripped(reason: GuardTrip): void;
}

/** no permission lives longer, whatever main asks for. */
const MAX_LIFETIME = 10_000;
/** asks for a repeat each second; a little faster costs nothing. */
const STOP_EVERY = 300;

/** a channel carries anything, and nothing is above a ceiling that is no number. */
const isFigure = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/**
 * Running is a permission that expires. The guard stands between main and the pump, denies by default, and stops the
 * pump by itself: a stop under way ends only when a reading asked for after it shows that nothing is delivered.
 *
 *   quiet --permit, program, start--> may run --trip or stop--> stopping --read back not delivering--> quiet
 *
 * Limits only tighten: what was let through is judged anew as its bytes leave, by the permit of that moment.
 *
 * It has no timers: its owner calls `tick` about every 100 ms.
 */
export class Guard {
  readonly #clock: Clock;
  readonly #ports: GuardPorts;
  #permit: (Permit & { readonly until: number }) | null = null;
  #reading: PumpReading | null = null;
  /** The command let through last on this connection, while its bytes may still leave. */
  #underWay: Program | null = null;
  /** What the pump confirmed on this connection and no start has taken. */
  #programmed: Program | null = null;
  /** The pump delivers, or a start was let through at this time and no later reading disproved it. */
  #mayRunSince: Millisecond | null = null;
  #stopping: { sentSince: Millisecond | null; triedAt: Millisecond } | null = null;

  constructor(clock: Clock, ports: GuardPorts) {
    this.#clock = clock;
    this.#ports = ports;
  }

  /** Whether the pump may be delivering, or was not yet read back as stopped. */
  get mayBeDelivering(): boolean {
    return this.#stopping !== null || this.#mayRunSince !== null;
  }

  /** A permit alone starts nothing; during a stop it is not even kept. */
  permit(permit: Permit): void {
    if (this.#stopping) return;
    const { epoch, ceilingRate, ceilingCounter, lifetime } = permit;
    const isSound = [epoch, ceilingRate, ceilingCounter, lifetime].every(isFigure);
    const until = this.#clock.now() + Math.min(permit.lifetime, MAX_LIFETIME);
    this.#permit = isSound ? { ...permit, until } : null;
  }

  /** Asks leave to program; null means yes. Zero is refused: to some pumps a zero volume means endless. */
  mayProgram(epoch: number, rate: MicrolitrePerHour, volume: Microlitre): GuardRefusal | null {
    const program = { epoch, rate, volume };
    const refusal = this.#refusalOf(program);
    if (refusal) return refusal;
    // Its counter may be further on than the last reading says.
    if (this.#mayRunSince !== null) return 'guard-delivering';
    // From its first byte on the pump no longer holds what it confirmed before.
    this.#programmed = null;
    this.#underWay = program;
    return null;
  }

  /** The pump has read back all of the program that was let through last. */
  programmed(): void {
    this.#programmed = this.#underWay;
  }

  /** Asked as the bytes leave: whether the command let through last may still go on, by the permit of now. */
  mayGoOn(): boolean {
    return this.#underWay !== null && this.#refusalOf(this.#underWay) === null;
  }

  /** Asks leave to start; null means yes, and from now on the pump counts as running until a reading disproves it. */
  mayStart(epoch: number): GuardRefusal | null {
    const permit = this.#permitFor(epoch);
    if (typeof permit === 'string') return permit;
    if (!this.#reading) return 'guard-no-reading';
    if (this.#programmed?.epoch !== epoch) return 'guard-not-programmed';
    const refusal = this.#refusalOf(this.#programmed);
    if (refusal) return refusal;
    this.#underWay = this.#programmed;
    // One program, one start: a second would give the whole volume once more.
    this.#programmed = null;
    this.#mayRunSince = this.#clock.now();
    return null;
  }

  /** @param askedAt when the question left: only an answer to a later question says what a command did. */
  read(reading: PumpReading, askedAt: Millisecond): void {
    // A permission that has run out meanwhile is the reason, not what the reading shows.
    this.tick();
    const previous = this.#reading;
    this.#reading = reading;
    if (previous && reading.counter < previous.counter) this.#counterCleared(reading.counter, previous.counter);
    if (mayDeliver(reading.state)) this.#mayRunSince ??= askedAt;
    else if (this.#mayRunSince !== null && askedAt > this.#mayRunSince) this.#mayRunSince = null;
    if (this.#stopping) return this.#settle(reading, askedAt);
    const fault = this.#faultIn(reading, previous);
    if (fault) this.trip(fault);
  }

  /** The line to the pump is gone: what it holds and does is unknown from here on. */
  lost(): void {
    this.#underWay = null;
    this.#reading = null;
    this.#programmed = null;
    if (this.#mayRunSince !== null) this.trip('pump-line-lost');
    // Its ceiling was a figure of a counter that nobody has seen since.
    this.#permit = null;
  }

  /** Main asked for a stop: goes out at once, on every call. */
  stop(): void {
    this.#permit = null;
    this.#underWay = null;
    this.#programmed = null;
    const now = this.#clock.now();
    this.#stopping ??= { sentSince: null, triedAt: now };
    this.#send(this.#stopping, now);
  }

  /** Stops the pump by the guard's own decision and says why. */
  trip(reason: GuardTrip): void {
    if (this.#stopping) return;
    this.stop();
    this.#ports.tripped(reason);
  }

  tick(): void {
    const now = this.#clock.now();
    if (this.#stopping) {
      if (now - this.#stopping.triedAt >= STOP_EVERY) this.#send(this.#stopping, now);
    } else if (this.#mayRunSince !== null && !this.#valid()) this.trip('permit-expired');
  }

  #send(stopping: { sentSince: Millisecond | null; triedAt: Millisecond }, now: Millisecond): void {
    stopping.triedAt = now;
    if (this.#ports.stop()) stopping.sentSince ??= now;
  }

  /** an answer or a write callback is no proof; a reading asked for after the stop is. */
  #settle(reading: PumpReading, askedAt: Millisecond): void {
    const sentSince = this.#stopping?.sentSince ?? null;
    if (sentSince !== null && askedAt > sentSince && !mayDeliver(reading.state)) this.#stopping = null;
  }

  #valid(): Permit | null {
    if (this.#permit && this.#clock.now() >= this.#permit.until) this.#permit = null;
    return this.#permit;
  }

  /** A ceiling is a figure of the counter: what was left under it stays what is left, cleared or not. */
  #counterCleared(counter: number, before: number): void {
    if (!this.#permit) return;
    const left = Math.max(this.#permit.ceilingCounter - before, 0);
    this.#permit = { ...this.#permit, ceilingCounter: (counter + left) as Microlitre };
  }

  #refusalOf({ epoch, rate, volume }: Program): GuardRefusal | null {
    const permit = this.#permitFor(epoch);
    if (typeof permit === 'string') return permit;
    if (!this.#reading) return 'guard-no-reading';
    if (!isFigure(rate)) return 'guard-rate';
    if (!isFigure(volume)) return 'guard-volume';
    if (rate <= 0 || rate > permit.ceilingRate) return 'guard-rate';
    if (volume <= 0 || this.#reading.counter + volume > permit.ceilingCounter) return 'guard-volume';
    return null;
  }

  #permitFor(epoch: number): Permit | GuardRefusal {
    if (this.#stopping) return 'guard-stopping';
    const permit = this.#valid();
    if (!permit) return 'guard-no-permit';
    return permit.epoch === epoch ? permit : 'guard-other-epoch';
  }

  #faultIn(reading: PumpReading, previous: PumpReading | null): GuardTrip | null {
    if (!mayDeliver(reading.state)) return null;
    const permit = this.#valid();
    if (!permit) return 'delivering-without-permit';
    // A purge runs at the pump's own speed and a withdrawal draws blood: no ceiling covers either.
    if (reading.state === 'purging' || reading.state === 'withdrawing') return 'state-not-permitted';
    if (reading.rate > permit.ceilingRate) return 'rate-above-ceiling';
    if (reading.counter > permit.ceilingCounter) return 'counter-above-ceiling';
    // The ceiling is a counter value: a counter that was cleared under way no longer measures against it.
    if (previous && mayDeliver(previous.state) && reading.counter < previous.counter) return 'counter-went-back';
    return null;
  }
}

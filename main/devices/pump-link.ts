import { mayDeliver, type Outcome, type PumpIdentity, type PumpReading } from '../../core/pump.ts';
import type { Millisecond } from '../../core/units.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { Clock } from '../../drivers/kit/clock.ts';
import type { PumpDriver, PumpDriverModule } from '../../drivers/kit/driver.ts';
import { Guard, type GuardRefusal, type GuardTrip, type Permit } from '../../drivers/kit/guard.ts';
import type { TransportFactory } from '../../drivers/kit/transport.ts';
import { Connection } from './connection.ts';
import { Discards } from './discards.ts';
import type { FromDeviceHost, ToDeviceHost } from './messages.ts';
import { PumpPoll, type Question } from './pump-poll.ts';

export interface PumpLinkOptions {
  readonly module: PumpDriverModule;
  readonly address: number;
  readonly syringe: string;
  readonly open: TransportFactory;
  readonly clock: Clock;
  readonly send: (message: FromDeviceHost) => void;
}

type Command = Extract<ToDeviceHost, { kind: 'program' | 'start' }>;

/** A stop on its way is not repeated before this; asks for one each second. */
const STOP_AGAIN_AFTER = 900;
/**
 * An answered stop is given this long to be read back before it is repeated: a repeat pushes the question aside whose
 * answer alone can settle it, so that on a slow line no stop would ever be confirmed.
 */
const READ_BACK_WITHIN = 1_500;

/**
 * A pump that has answered every stop of so long with a refusal is left alone where its own watchdog then halts it: each
 * further stop would feed that. asks for one each second, R-3.2 for the halt; so both come, one after the other.
 */
const DISOBEYS_AFTER = 1_000;
const WATCHDOG_SLACK = 1_000;

/** The chair's pump: every command passes the guard, every reading feeds it, and a stop waits for nothing. */
export class PumpLink {
  readonly #options: PumpLinkOptions;
  readonly #guard: Guard;
  readonly #connection: Connection<PumpDriver>;
  readonly #discards: Discards;
  #poll: PumpPoll | null = null;
  #identity: PumpIdentity | null = null;
  #everConnected = false;
  #commanding = false;
  /** The stop on its way, until its outcome is known. */
  #stopping: Promise<Outcome> | null = null;
  #stopSentAt = Number.NEGATIVE_INFINITY;
  /** When main decided the newest stop that came from it. */
  #stopOfMain: Millisecond | null = null;
  /** When the pump answered the newest stop; null: not yet, or it was read back or asked to run since. */
  #stopAnsweredAt: number | null = null;
  /** Since when the pump has refused to stop; null: it has not, or it was left alone since. */
  #disobeysSince: number | null = null;

  constructor(options: PumpLinkOptions) {
    const { clock, send } = options;
    this.#options = options;
    this.#discards = new Discards('pump', clock, send);
    this.#guard = new Guard(clock, {
      stop: () => this.#sendStop(),
      tripped: (reason) => send({ kind: 'guard', reason, at: clock.now() }),
    });
    this.#connection = new Connection<PumpDriver>({
      open: options.open,
      create: (line, wrongDevice) => {
        const discarded = (reason: string, bytes: number) => this.#discards.add(reason, bytes);
        this.#everConnected = true;
        const context = { line, clock, events: { discarded, wrongDevice } };
        return options.module.create(context, { address: options.address, mayRaise: () => this.#guard.mayGoOn() });
      },
      prove: (driver) => this.#prove(driver),
      up: (driver) => this.#up(driver),
      lost: () => this.#lost(),
      release: (driver) => driver.release(),
      report: (state, detail) => send({ kind: 'link', device: 'pump', state, detail, at: clock.now() }),
    });
  }

  /** Read back as not delivering, and no start since. */
  get isQuiet(): boolean {
    return !this.#guard.mayBeDelivering;
  }

  /** No line ever opened: there is no pump to stop. */
  get wasNeverConnected(): boolean {
    return !this.#everConnected;
  }

  start(): void {
    this.#connection.start();
  }

  async end(): Promise<void> {
    this.#poll?.end();
    await this.#connection.end();
  }

  tick(): void {
    this.#guard.tick();
    this.#leaveAlone();
    this.#poll?.tick();
    this.#discards.tick();
  }

  permit(permit: Permit): void {
    this.#guard.permit(permit);
  }

  stop(at: Millisecond | null): void {
    this.#stopOfMain = at ?? this.#stopOfMain;
    this.#guard.stop();
  }

  trip(reason: GuardTrip): void {
    this.#guard.trip(reason);
  }

  command(command: Command): void {
    const { clock, send } = this.#options;
    const answer = (outcome: Outcome) => send({ kind: 'outcome', id: command.id, outcome, at: clock.now() });
    const driver = this.#connection.device;
    if (!driver) return answer({ kind: 'refused', code: 'guard-no-reading' });
    const refusal = this.#refusal(command);
    if (refusal) return answer({ kind: 'refused', code: refusal });
    this.#commanding = true;
    this.#stopAnsweredAt = null;
    void this.#carryOut(command, driver)
      .catch((error): Outcome => ({ kind: 'unknown', detail: String(error) }))
      .then((outcome) => {
        this.#commanding = false;
        answer(outcome);
      });
  }

  #refusal(command: Command): GuardRefusal | null {
    if (this.#commanding) return 'guard-busy';
    return command.kind === 'start'
      ? this.#guard.mayStart(command.epoch)
      : this.#guard.mayProgram(command.epoch, command.rate, command.volume);
  }

  /** A programmed pump is read back before its outcome is told: the permit of the start counts from that counter. */
  async #carryOut(command: Command, driver: PumpDriver): Promise<Outcome> {
    if (command.kind === 'start') return driver.start();
    const { rate, volume } = command;
    const outcome = await driver.configure({ syringe: this.#options.syringe, rate, volume });
    const question = this.#ask();
    const reading = outcome.kind === 'confirmed' ? await driver.status() : null;
    if (reading) this.#read(reading, question);
    if (outcome.kind === 'confirmed') this.#guard.programmed();
    return outcome;
  }

  #ask(): Question {
    return { at: this.#options.clock.now(), afterStop: this.#stopOfMain };
  }

  #read(reading: PumpReading, { at: askedAt, afterStop }: Question): void {
    const isReadBack = askedAt > (this.#stopAnsweredAt ?? askedAt);
    if (isReadBack || mayDeliver(reading.state)) this.#stopAnsweredAt = null;
    this.#guard.read(reading, askedAt);
    this.#options.send({ kind: 'pump', reading, afterStop: this.isQuiet ? afterStop : null });
  }

  /** A stop that is owed goes before the first question: until it is answered, nothing else matters. */
  async #prove(driver: PumpDriver): Promise<void> {
    if (!this.isQuiet) this.#guard.stop();
    if ((await this.#stopping)?.kind === 'unknown')
      throw new AppError('LINE_NO_REPLY', 'The pump does not answer a stop. Stop it at the pump.');
    const askedAt = this.#options.clock.now();
    try {
      this.#identity = await driver.identify();
    } catch (error) {
      if (this.#stopSentAt < askedAt) throw error;
      throw new AppError('LINE_NO_REPLY', 'A stop came before the pump was identified.', { cause: error });
    }
  }

  #up(driver: PumpDriver): void {
    const { clock, send } = this.#options;
    if (this.#identity) send({ kind: 'identity', identity: this.#identity, at: clock.now() });
    this.#poll = new PumpPoll(driver, clock, {
      ask: () => this.#ask(),
      read: (reading, question) => this.#read(reading, question),
      silent: () => {
        // The stop that this trips leaves first on the line that is opened next; until then the pump's watchdog acts.
        this.#guard.lost();
        this.#connection.fail('down', 'The pump does not answer. Check that it is on, its cable and its address.');
      },
    });
    this.#poll.start();
  }

  #lost(): void {
    this.#poll?.end();
    this.#poll = null;
    this.#identity = null;
    this.#stopping = null;
    this.#stopSentAt = Number.NEGATIVE_INFINITY;
    this.#stopAnsweredAt = null;
    this.#guard.lost();
  }

  /** Stop never waits; but one on its way is not cut short, nor the identification that must follow it. */
  #sendStop(): boolean {
    const driver = this.#connection.device;
    if (!driver) return false;
    const now = this.#options.clock.now();
    if (this.#isBeingSettled(now)) return true;
    this.#stopSentAt = now;
    this.#stopAnsweredAt = null;
    const stopping = driver.stop().catch((error): Outcome => ({ kind: 'unknown', detail: String(error) }));
    this.#stopping = stopping;
    void stopping.then((outcome) => {
      if (this.#stopping !== stopping) return;
      this.#stopping = null;
      if (outcome.kind === 'confirmed') this.#stopAnsweredAt = this.#options.clock.now();
      this.#disobeysSince = outcome.kind === 'refused' ? (this.#disobeysSince ?? this.#options.clock.now()) : null;
      this.#poll?.stopped(outcome.kind !== 'unknown');
    });
    return true;
  }

  /** what stops by itself when nobody speaks to it is not spoken to. */
  #leaveAlone(): void {
    const { module, clock } = this.#options;
    const { onHostSilence } = module.manifest;
    if (onHostSilence.kind !== 'stops' || this.#disobeysSince === null) return;
    if (clock.now() - this.#disobeysSince < DISOBEYS_AFTER) return;
    this.#disobeysSince = null;
    const detail = 'The pump does not obey a stop and is left to its own watchdog. Stop it at the pump.';
    this.#connection.fail('down', detail, onHostSilence.after + WATCHDOG_SLACK);
  }

  /** The newest stop is on its way, or answered and about to be read back. */
  #isBeingSettled(now: number): boolean {
    if (this.#stopAnsweredAt !== null) return now - this.#stopAnsweredAt < READ_BACK_WITHIN;
    const underWay = this.#stopping !== null || this.#connection.kind === 'proving';
    return underWay && now - this.#stopSentAt < STOP_AGAIN_AFTER;
  }
}

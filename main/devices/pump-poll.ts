import type { PumpReading } from '../../core/pump.ts';
import type { Millisecond } from '../../core/units.ts';
import type { Clock } from '../../drivers/kit/clock.ts';
import type { PumpDriver } from '../../drivers/kit/driver.ts';

/** A question as it leaves: only an answer to a later one says what a command did. */
export interface Question {
  readonly at: Millisecond;
  /** Of the newest stop from main that came before it; null: none did. */
  readonly afterStop: Millisecond | null;
}

export interface PumpPollSink {
  /** A question leaves now. */
  ask(): Question;
  read(reading: PumpReading, question: Question): void;
  /** The pump has answered nothing for too long. Called once; the poll has ended. */
  silent(): void;
}

/** asks for a reading each second; four let a stop be read back soon. */
const PERIOD = 250;
/** a cable pulled at the pump's end, which closes no line, is seen within 2 s, a tick of the owner included. */
const SILENT_AFTER = 1_800;

/** Asks one pump for its status, one question at a time, from `start` until `end`. */
export class PumpPoll {
  readonly #driver: PumpDriver;
  readonly #clock: Clock;
  readonly #sink: PumpPollSink;
  #ended = false;
  #missed = false;
  #heardAt: Millisecond;
  #stops = 0;
  #wake: () => void = () => {};

  constructor(driver: PumpDriver, clock: Clock, sink: PumpPollSink) {
    this.#driver = driver;
    this.#clock = clock;
    this.#sink = sink;
    this.#heardAt = clock.now();
  }

  start(): void {
    void this.#run();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** A stop ended: read back at once. Its answer also excuses the question it pushed aside. */
  stopped(answered: boolean): void {
    this.#stops += 1;
    if (answered) this.#heard();
    else this.#missed = true;
    this.#wake();
  }

  /** A question that waits behind a long command is no silence; one that came back empty is. */
  tick(): void {
    if (this.#ended || !this.#missed || this.#clock.now() - this.#heardAt < SILENT_AFTER) return;
    this.#ended = true;
    this.#wake();
    this.#sink.silent();
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      const question = this.#sink.ask();
      const stops = this.#stops;
      const reading = await this.#driver.status().catch(() => null);
      if (this.#ended) return;
      if (reading) {
        this.#heard();
        this.#sink.read(reading, question);
      } else {
        this.#missed = true;
      }
      await this.#rest(question.at, stops);
    }
  }

  #heard(): void {
    this.#missed = false;
    this.#heardAt = this.#clock.now();
  }

  async #rest(askedAt: Millisecond, stops: number): Promise<void> {
    const left = askedAt + PERIOD - this.#clock.now();
    if (this.#ended || left <= 0 || stops !== this.#stops) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, left);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}

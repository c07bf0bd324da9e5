import { mayDeliver, type Outcome, type PumpAlarm, type PumpIdentity, type PumpReading } from '../../core/pump.ts';
import { type MicrolitrePerHour, microlitrePerHour } from '../../core/units.ts';
import type { DriverContext, PumpDriver, PumpDriverModule, PumpDriverOptions, PumpProgram } from '../kit/driver.ts';
import { Exchange, type Request } from './exchange.ts';
import { identify } from './identify.ts';
import { manifest } from './manifest.ts';
import { parseInfused } from './messages.ts';
import { rateFrom } from './numbers.ts';
import { configure, HELD_BACK } from './configure.ts';
import { command, type Patience, persist, query } from './requests.ts';
import { stop } from './stop.ts';

type Alive = Request['alive'];

const CONFIRMED: Outcome = { kind: 'confirmed' };
const refused = (code: string): Outcome => ({ kind: 'refused', code });
const unknown = (detail: string): Outcome => ({ kind: 'unknown', detail });

/** How often a start looks for the motor running before it leaves the answer open. */
const START_LOOKS = 3;

/** A pump of the NE-1000 family in Safe mode. Operations take turns; a stop ends all that came before it. */
class NewEraPump implements PumpDriver {
  readonly #exchange: Exchange;
  readonly #mayRaise: () => boolean;
  #turns: Promise<unknown> = Promise.resolve();
  #stops = 0;
  #stopping: Promise<Outcome> | null = null;
  /** Acknowledged by having been sent, so the pump forgets it; kept until one reading has shown it. */
  #alarm: PumpAlarm | null = null;

  constructor(context: DriverContext, { address, mayRaise }: PumpDriverOptions) {
    this.#mayRaise = mayRaise;
    this.#exchange = new Exchange(context, address, (alarm) => {
      this.#alarm = alarm;
    });
  }

  identify(): Promise<PumpIdentity> {
    return this.#turn((alive) => identify(this.#exchange, alive));
  }

  configure(program: PumpProgram): Promise<Outcome> {
    return this.#turn((alive) => configure(this.#exchange, program, this.#raising(alive)));
  }

  start(): Promise<Outcome> {
    return this.#turn((alive) => this.#start(alive));
  }

  /** Nothing asked for before this is sent any more; repeats join the stop under way. */
  stop(): Promise<Outcome> {
    this.#stops += 1;
    this.#stopping ??= stop(this.#exchange).finally(() => {
      this.#stopping = null;
    });
    this.#turns = Promise.all([this.#turns, this.#stopping]);
    return this.#stopping;
  }

  status(): Promise<PumpReading | null> {
    return this.#turn((alive) => this.#read(alive));
  }

  /** A pump that delivers, or does not answer, keeps its watchdog; a quiet one is spared the alarm of its expiry. */
  release(): Promise<void> {
    return this.#turn(async (alive) => {
      const reading = await this.#read(alive);
      if (!reading || mayDeliver(reading.state)) return;
      await persist(this.#exchange, { ...command('SAF0', alive), acceptsBasic: true }, { silences: 1 });
    });
  }

  /** what raises is asked for anew as its bytes leave. */
  #raising(alive: Alive): Alive {
    return () => alive() && this.#mayRaise();
  }

  #turn<Result>(operation: (alive: Alive) => Promise<Result>): Promise<Result> {
    const stops = this.#stops;
    const result = this.#turns.then(() => operation(() => stops === this.#stops));
    this.#turns = result.catch(() => undefined);
    return result;
  }

  /** RUN is sent once and never again by itself: without a reply it may have been carried out. */
  async #start(alive: Alive): Promise<Outcome> {
    const answer = await this.#exchange.ask(command('RUN', this.#raising(alive)));
    if (answer.kind === 'dropped') return unknown(HELD_BACK);
    if (answer.kind === 'silent') return unknown('no reply to RUN');
    if (answer.reply.kind === 'alarm') return refused(`alarm-${answer.reply.alarm}`);
    if (answer.reply.error !== null) return refused(answer.reply.error);
    // The prompt of this reply may still be that of before (IBEX emulator), so only a read-back counts.
    const patience: Patience = { silences: 1 };
    for (let look = 0; look < START_LOOKS; look += 1) {
      const seen = await persist(this.#exchange, query('DIS', alive), patience);
      if (seen.kind !== 'reply') return unknown('no read-back after RUN');
      if (seen.reply.kind === 'status' && mayDeliver(seen.reply.state)) return CONFIRMED;
    }
    return unknown('RUN was accepted, but the pump does not read back as running');
  }

  async #read(alive: Alive): Promise<PumpReading | null> {
    const rate = await this.#rate(alive);
    if (rate === null) return null;
    const seen = await persist(this.#exchange, query('DIS', alive), { silences: 0 });
    if (seen.kind !== 'reply' || seen.reply.kind !== 'status' || seen.reply.error !== null) return null;
    const counter = parseInfused(seen.reply.data);
    if (counter === null) return null;
    const alarm = this.#alarm;
    this.#alarm = null;
    // An alarm from before a start at the panel must not hide that the motor runs now.
    const state = alarm && !mayDeliver(seen.reply.state) ? 'alarm' : seen.reply.state;
    return { state, rate, counter, alarm, at: seen.at };
  }

  /** Zero where the selected phase has no rate. */
  async #rate(alive: Alive): Promise<MicrolitrePerHour | null> {
    const answer = await persist(this.#exchange, query('RAT', alive), { silences: 0 });
    if (answer.kind !== 'reply' || answer.reply.kind !== 'status') return null;
    if (answer.reply.error === 'not-applicable') return microlitrePerHour(0);
    return answer.reply.error === null ? rateFrom(answer.reply.data) : null;
  }
}

export const newEra: PumpDriverModule = {
  manifest,
  create: (context, options) => new NewEraPump(context, options),
};

import type { EngineState } from '../../core/engine/state.ts';
import { mayDeliver } from '../../core/pump.ts';
import type { Millisecond } from '../../core/units.ts';
import { PARAMETER_NAMES, type Parameter, perParameter } from '../../core/vitals.ts';
import type { TrendChunk } from '../../db/trail.ts';
import { vitalView } from './vital-view.ts';

const SECONDS_PER_CHUNK = 60;

/** SpO2 and pulse stand in every chunk; of the others only what was measured. */
const OTHERS = PARAMETER_NAMES.filter((parameter) => parameter !== 'spo2' && parameter !== 'pulse');

interface Second {
  readonly vitals: Readonly<Record<Parameter, number | null>>;
  readonly rateUlPerH: number | null;
  readonly deliveredUl: number | null;
}

const GAP: Second = { vitals: perParameter(() => null), rateUlPerH: null, deliveredUl: null };

export interface TrendsOptions {
  readonly chairId: string;
  readonly put: (chunk: TrendChunk) => void;
  readonly wallClock: () => Date;
}

/** One value a second and session, in chunks of a minute. What was not known in that second is a gap and stays one. */
export class Trends {
  readonly #options: TrendsOptions;
  #session: string | null = null;
  #seconds: Second[] = [];
  #startedAt = '';
  #mono = 0;

  constructor(options: TrendsOptions) {
    this.#options = options;
  }

  begin(sessionId: string): void {
    this.flush();
    this.#session = sessionId;
  }

  /** Called at every tick; takes a sample once per second and fills seconds that were missed with gaps. */
  tick(state: EngineState, now: Millisecond): void {
    if (this.#session === null) return;
    if (this.#seconds.length === 0) return this.#first(state, now);
    const due = Math.floor((now - this.#mono) / 1000) + 1;
    if (due <= this.#seconds.length) return;
    while (this.#seconds.length < due - 1 && this.#seconds.length < SECONDS_PER_CHUNK) this.#seconds.push(GAP);
    if (this.#seconds.length >= SECONDS_PER_CHUNK) {
      this.flush();
      return this.#first(state, now);
    }
    this.#seconds.push(sample(state, now));
  }

  /** Hands over what has been collected; the next tick begins a new chunk. */
  flush(): void {
    const seconds = this.#seconds;
    this.#seconds = [];
    if (this.#session === null || seconds.length === 0) return;
    this.#options.put({
      session: this.#session,
      chair: this.#options.chairId,
      startedAt: this.#startedAt,
      mono: this.#mono,
      spo2: seconds.map(({ vitals }) => vitals.spo2),
      pulse: seconds.map(({ vitals }) => vitals.pulse),
      rateUlPerH: seconds.map(({ rateUlPerH }) => rateUlPerH),
      deliveredUl: seconds.map(({ deliveredUl }) => deliveredUl),
      ...signsOf(seconds),
    });
  }

  end(): void {
    this.flush();
    this.#session = null;
  }

  #first(state: EngineState, now: Millisecond): void {
    this.#startedAt = this.#options.wallClock().toISOString();
    this.#mono = now;
    this.#seconds = [sample(state, now)];
  }
}

function signsOf(seconds: readonly Second[]): Pick<TrendChunk, 'signs'> {
  const measured = OTHERS.filter((parameter) => seconds.some(({ vitals }) => vitals[parameter] !== null));
  if (measured.length === 0) return {};
  return { signs: Object.fromEntries(measured.map((name) => [name, seconds.map(({ vitals }) => vitals[name])])) };
}

function sample(state: EngineState, now: Millisecond): Second {
  const { reading, delivered } = state.pump;
  const known = reading !== null && now - reading.at <= state.profile.pumpSilentAfter;
  return {
    vitals: perParameter((parameter) => vitalValue(state, parameter, now)),
    rateUlPerH: known ? (mayDeliver(reading.state) ? reading.rate : 0) : null,
    deliveredUl: known ? delivered : null,
  };
}

function vitalValue(state: EngineState, parameter: Parameter, now: Millisecond): number | null {
  const rule = state.profile.vitals.find((candidate) => candidate.parameter === parameter);
  const view = vitalView(state.vitals[parameter], rule, now);
  return view.state === 'valid' ? Math.round(view.value) : null;
}

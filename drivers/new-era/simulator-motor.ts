import type { Millisecond } from '../../core/units.ts';
import { flow, LAST_PHASE, type Setting, type Settings } from './simulator-settings.ts';

const HOUR = 3_600_000;

export type Activity = 'stopped' | 'paused' | 'running' | 'purging';
export type AlarmLetter = 'R' | 'S' | 'T' | 'O';

/**
 * The motor and its program. Time is only ever worked off in `advance`, up to each event in turn, so that the volume
 * limit and the watchdog act at their exact instant however late the call comes.
 */
export class Motor {
  readonly #settings: Settings;
  activity: Activity = 'stopped';
  alarm: AlarmLetter | null = 'R';
  /** When the watchdog expires; null while it is not armed. */
  deadline: Millisecond | null = null;
  /** Counters of the pump in microlitres. */
  infused = 0;
  withdrawn = 0;
  /** Everything ever pushed out, in microlitres; no command and no power failure sets it back. */
  delivered = 0;
  #phase = 1;
  #inPhase = 0;
  #rate: Setting = { thousandths: 0, unit: 'MH' };
  #time: Millisecond;

  constructor(settings: Settings, now: Millisecond) {
    this.#settings = settings;
    this.#time = now;
  }

  get operating(): boolean {
    return this.activity === 'running' || this.activity === 'purging';
  }

  get withdrawing(): boolean {
    return this.operating && this.#settings.phase(this.#phase).direction === 'WDR';
  }

  /** Rate of the phase under way, which a RAT while pumping changes without storing it. */
  get rate(): Setting {
    return this.#rate;
  }

  set rate(rate: Setting) {
    this.#rate = rate;
  }

  /** Microlitres per hour that move now. */
  get flow(): number {
    if (this.activity === 'purging') return this.#settings.flowRange().max;
    return this.activity === 'running' ? flow(this.#rate) : 0;
  }

  advance(now: Millisecond): void {
    while (this.#time < now) {
      const due = Math.min(now, this.deadline ?? now, this.#limitReachedAt());
      this.#move(due);
      if (this.#atLimit()) this.#enter(this.#phase + 1);
      if (this.deadline !== null && due >= this.deadline) this.#watchdog();
    }
  }

  /** False when there is nothing to run. */
  start(phase: number): boolean {
    if (flow(this.#settings.phase(phase).rate) === 0) return false;
    this.activity = 'running';
    this.#enter(phase);
    return true;
  }

  switchOff(): void {
    this.activity = 'stopped';
    this.deadline = null;
  }

  powerCycle(): void {
    if (this.#settings.switches.get('PF') !== '1') this.activity = 'stopped';
    this.alarm = 'R';
    this.deadline = null;
    this.clear();
  }

  clear(): void {
    this.infused = 0;
    this.withdrawn = 0;
  }

  stall(): void {
    if (!this.operating) return;
    this.activity = 'stopped';
    this.alarm = 'S';
  }

  #watchdog(): void {
    this.activity = 'stopped';
    this.alarm = 'T';
    this.deadline = null;
  }

  #limit(): number {
    const limit = this.activity === 'running' ? this.#settings.limit(this.#settings.phase(this.#phase)) : 0;
    return limit === 0 ? Number.POSITIVE_INFINITY : limit;
  }

  /** What the phase has still to move; nothing when its limit was lowered below that while it was paused. */
  #rest(): number {
    return Math.max(0, this.#limit() - this.#inPhase);
  }

  #limitReachedAt(): number {
    return this.flow === 0 ? Number.POSITIVE_INFINITY : this.#time + (this.#rest() * HOUR) / this.flow;
  }

  #atLimit(): boolean {
    return this.#inPhase >= this.#limit();
  }

  /** Moves the plunger up to `due`; at the limit exactly the rest, without a rounding error. */
  #move(due: number): void {
    const rest = this.#rest();
    const reaches = this.operating && due >= this.#limitReachedAt();
    const volume = reaches ? rest : (this.flow * (due - this.#time)) / HOUR;
    this.#time = due as Millisecond;
    this.#inPhase = reaches ? this.#limit() : this.#inPhase + volume;
    if (this.withdrawing) {
      this.withdrawn += volume;
    } else {
      this.infused += volume;
      this.delivered += volume;
    }
  }

  #enter(phase: number): void {
    this.#inPhase = 0;
    this.#phase = phase;
    const next = this.#settings.phase(phase);
    if (phase > LAST_PHASE) {
      this.activity = 'stopped';
      this.alarm = 'O';
    } else if (next.function === 'STP') {
      this.activity = 'stopped';
    } else if (flow(next.rate) > 0) {
      this.#rate = next.rate;
    }
  }
}

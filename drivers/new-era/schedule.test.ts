import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { AppError } from '../kit/app-error.ts';
import type { Fault } from '../kit/simulator.ts';
import { connect, finish, PROGRAM } from './test-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FAULTS: Fault[] = [
  { kind: 'drop', every: 2 },
  { kind: 'drop', every: 3 },
  { kind: 'garble', everyBytes: 40 },
  { kind: 'duplicate', every: 1 },
  { kind: 'duplicate', every: 2 },
  // Two replies at once, the earlier one late: the nearest to another order that a line has.
  { kind: 'merge', frames: 2 },
  { kind: 'delay', milliseconds: 300 },
  { kind: 'delay', milliseconds: 500 },
  { kind: 'silence', on: true },
  { kind: 'refuse', on: true },
  { kind: 'power-cycle' },
  { kind: 'stall' },
  { kind: 'none' },
  { kind: 'none' },
];
/** `crash`: the host dies with a command on its way, another one opens the line, as after a cable that came back. */
const STEPS = ['configure', 'start', 'stop', 'status', 'wait', 'crash', 'crash in start'] as const;
type Step = (typeof STEPS)[number] | Fault;

const schedule = fc.array(fc.oneof(fc.constantFrom<Step>(...STEPS), fc.constantFrom<Step>(...FAULTS)), {
  maxLength: 15,
});

/** A pump and its host under one schedule: what was asked for, and what a person may be told. */
class Schedule {
  readonly #bench = connect();
  #driver = this.#bench.driver;
  #starts = 0;
  #isReady = false;
  #isKnown = false;

  /** How it ends, five seconds after the host said its last word. */
  async play(steps: readonly Step[]) {
    await this.#identify();
    for (const step of steps) await this.#step(step);
    await vi.advanceTimersByTimeAsync(5_000);
    const { pump, sent } = this.#bench;
    const end = { ...pump.truth(), starts: this.#starts, runs: sent.filter((text) => text === 'RUN').length };
    pump.dispose();
    return end;
  }

  async #step(step: Step): Promise<void> {
    const { pump } = this.#bench;
    if (typeof step === 'object') return pump.fault(step);
    if (!this.#isKnown && (step === 'configure' || step === 'status')) await this.#identify();
    if (!this.#isKnown && (step === 'configure' || step === 'status')) return;
    switch (step) {
      case 'wait':
        return void (await vi.advanceTimersByTimeAsync(3_000));
      case 'configure':
        this.#isReady = (await finish(this.#driver.configure(PROGRAM))).kind === 'confirmed';
        return;
      case 'start':
        return this.#start();
      case 'stop':
        if ((await finish(this.#driver.stop())).kind === 'confirmed') expect(pump.truth().delivering).toBe(false);
        return;
      case 'status':
        return void (await finish(this.#driver.status()));
      case 'crash':
        return this.#crash();
      case 'crash in start':
        return this.#crashInStart();
    }
  }

  async #start(): Promise<void> {
    if (!this.#isReady) return;
    this.#isReady = false;
    this.#starts += 1;
    const before = this.#bench.pump.truth().deliveredMicrolitres;
    const { kind } = await finish(this.#driver.start());
    if (kind !== 'confirmed') return;
    // Confirmed means that the motor was seen running: it still does, or has given something since.
    const { delivering, deliveredMicrolitres } = this.#bench.pump.truth();
    expect(delivering || deliveredMicrolitres > before).toBe(true);
  }

  async #crashInStart(): Promise<void> {
    if (!this.#isReady) return;
    this.#starts += 1;
    const lost = this.#driver.start();
    // Nobody is left to hear what becomes of it.
    lost.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(20);
    await this.#crash();
  }

  async #crash(): Promise<void> {
    this.#isReady = false;
    await this.#bench.unplug();
    this.#driver = this.#bench.again();
    await this.#identify();
  }

  /** As a host does: nothing but a stop goes to a pump that has not said who it is. */
  async #identify(): Promise<void> {
    this.#isKnown = await finish(
      this.#driver.identify().then(
        () => true,
        (error: unknown) => {
          if (error instanceof AppError) return false;
          throw error;
        },
      ),
    );
  }
}

test('no schedule of faults starts the pump twice for one start, or lets it pass its volume (R-4.3)', {
  timeout: 20_000 + 50 * inject('schedules'),
}, async () => {
  const schedules = fc.asyncProperty(schedule, async (steps) => {
    const { delivering, deliveredMicrolitres, starts, runs } = await new Schedule().play(steps);
    // The watchdog has ended whatever was left.
    expect(delivering).toBe(false);
    expect(runs).toBeLessThanOrEqual(starts);
    expect(deliveredMicrolitres).toBeLessThanOrEqual(starts * PROGRAM.volume);
  });
  await fc.assert(schedules, { numRuns: inject('schedules') });
});

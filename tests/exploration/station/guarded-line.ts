import type { Outcome } from '../../../core/pump.ts';
import type { Millisecond } from '../../../core/units.ts';
import type { Clock } from '../../../drivers/kit/clock.ts';
import { Guard, type GuardRefusal } from '../../../drivers/kit/guard.ts';
import type { FromDeviceHost, ToDeviceHost } from '../../../main/devices/messages.ts';
import type { DeviceHostProcess } from '../../../main/devices/process.ts';
import type { GhostPump } from './ghost-pump.ts';
import { NO_RATE } from './small-clinic.ts';

export type Raise = Extract<ToDeviceHost, { readonly kind: 'program' | 'start' }>;

/** A device host of one run of the station: the shipped guard between main and a pump that outlives both. */
export class GuardedLine implements DeviceHostProcess {
  readonly #pump: GhostPump;
  readonly #clock: Clock;
  readonly #guard: Guard;
  readonly #onRaise: (command: Raise) => void;
  #message: (message: FromDeviceHost) => void = () => undefined;
  #exit: (reason: string) => void = () => undefined;
  #isIdentified = false;
  #isMonitorUp = false;
  /** When main decided the newest stop that came from it. */
  #stopOfMain: Millisecond | null = null;
  #isGone = false;

  /** @param onRaise sees what main sends out for more drug, before the guard does */
  constructor(pump: GhostPump, clock: Clock, onRaise: (command: Raise) => void) {
    this.#pump = pump;
    this.#clock = clock;
    this.#onRaise = onRaise;
    this.#guard = new Guard(clock, {
      stop: () => {
        if (pump.hears) pump.stop();
        return true;
      },
      tripped: (reason) => this.#say({ kind: 'guard', reason, at: clock.now() }),
    });
  }

  send(message: ToDeviceHost): void {
    if (message.kind === 'permit') this.#guard.permit(message);
    if (message.kind === 'stop') this.#stop(message.at);
    if (message.kind === 'program' || message.kind === 'start') this.#raise(message);
    if (message.kind === 'close') this.#exit('closed');
  }

  onMessage(listener: (message: FromDeviceHost) => void): void {
    this.#message = listener;
  }

  onExit(listener: (reason: string) => void): void {
    this.#exit = listener;
  }

  kill(): void {
    this.#isGone = true;
  }

  /** Main is gone, and this process follows it as the last thing it does. */
  mainGone(): void {
    this.#isGone = true;
    if (this.#guard.mayBeDelivering) this.#guard.trip('main-gone');
  }

  /** The guard's own look, ten times a second in the product. */
  look(): void {
    this.#guard.tick();
  }

  /** What the devices say now. */
  speak(): void {
    const at = this.#clock.now();
    if (!this.#isMonitorUp) this.#say({ kind: 'link', device: 'monitor', state: 'up', detail: '', at });
    this.#isMonitorUp = true;
    if (this.#pump.line === 'well') this.#readPump();
    const samples = [
      { parameter: 'spo2', value: 98, quality: 'good', at },
      { parameter: 'pulse', value: 70, quality: 'good', at },
    ] as const;
    this.#say({ kind: 'vitals', samples, at });
  }

  #readPump(): void {
    const at = this.#clock.now();
    const { isRunning, rate, counter } = this.#pump;
    if (!this.#isIdentified) {
      this.#isIdentified = true;
      this.#say({ kind: 'link', device: 'pump', state: 'up', detail: '', at });
      this.#say({ kind: 'identity', identity: { model: 'NE-1000', firmware: '3.9', serial: null }, at });
    }
    const state = isRunning ? 'infusing' : 'stopped';
    const reading = { state, rate: isRunning ? rate : NO_RATE, counter, alarm: null, at } as const;
    this.#guard.read(reading, at);
    // Asked and answered at once, so that every stop of before had gone out; as pump-link.ts says it.
    this.#say({ kind: 'pump', reading, afterStop: this.#guard.mayBeDelivering ? null : this.#stopOfMain });
  }

  #stop(at: Millisecond | null): void {
    this.#stopOfMain = at ?? this.#stopOfMain;
    this.#guard.stop();
  }

  #raise(command: Raise): void {
    this.#onRaise(command);
    const refusal = this.#refusal(command);
    if (refusal !== null) return this.#answer(command, { kind: 'refused', code: refusal });
    if (this.#pump.hears && command.kind === 'program') {
      this.#pump.program(command.rate, command.volume, command.epoch);
    } else if (this.#pump.hears) this.#pump.start();
    if (this.#pump.line !== 'well') return;
    if (command.kind === 'program') this.#guard.programmed();
    this.#answer(command, { kind: 'confirmed' });
  }

  #refusal(command: Raise): GuardRefusal | null {
    if (command.kind === 'start') return this.#guard.mayStart(command.epoch);
    return this.#guard.mayProgram(command.epoch, command.rate, command.volume);
  }

  /** Never inside the call by which main sends. */
  #answer({ id }: Raise, outcome: Outcome): void {
    queueMicrotask(() => this.#say({ kind: 'outcome', id, outcome, at: this.#clock.now() }));
  }

  #say(message: FromDeviceHost): void {
    if (!this.#isGone) this.#message(message);
  }
}

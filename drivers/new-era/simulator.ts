import { type Clock, monotonicClock } from '../kit/clock.ts';
import { type FaultyLine, faultyLine, isWireFault, type WireFault } from '../kit/faulty-line.ts';
import type { Fault, PumpSimulator } from '../kit/simulator.ts';
import type { Duplex } from '../kit/transport.ts';
import type { Millisecond } from '../../core/units.ts';
import { Decoder } from './decoder.ts';
import { encodeBasicReply, encodeSafe, type Frame, judgeCommand } from './frame.ts';
import { type Nameplate, parseCommand } from './simulator-commands.ts';
import { Motor } from './simulator-motor.ts';
import { Settings } from './simulator-settings.ts';

export interface NewEraSimulatorOptions {
  /** @default the monotonic clock of the machine */
  readonly clock?: Clock;
  /** As `VER` names it, with the suffix of X firmware if any. @default 'NE1000' */
  readonly model?: string;
  /** @default '3.928' */
  readonly firmware?: string;
  /** 0..99. @default 0 */
  readonly address?: number;
  /** Safe-mode seconds kept from an earlier life, 0..255; 0 is Basic mode, the factory setting. @default 0 */
  readonly safe?: number;
}

const PROMPTS = { stopped: 'S', paused: 'P', running: 'I', purging: 'X' } as const;

/** A simulated pump of the NE-1000 family that was just switched on. */
export function createNewEraSimulator(options: NewEraSimulatorOptions = {}): PumpSimulator {
  return new NewEraSimulator(options);
}

/** What a pump names itself as under the fault `other-model`. */
const OTHER_MODEL = 'NE1010';

class NewEraSimulator implements PumpSimulator {
  readonly #clock: Clock;
  readonly #nameplate: Nameplate;
  readonly #settings: Settings;
  readonly #motor: Motor;
  /** Kept here too, so that they outlive a cable that was pulled and put back. */
  readonly #wireFaults = new Map<WireFault['kind'], WireFault>();
  #wire: FaultyLine | null = null;
  #decoder: Decoder<Frame> | null = null;
  #watchdog: NodeJS.Timeout | undefined;
  #refusing = false;
  #isOtherModel = false;
  #spoilEvery = 0;
  #sent = 0;
  /** Switched on, but the alarm of it was not yet sent to anybody. */
  #fresh = true;

  constructor(options: NewEraSimulatorOptions) {
    this.#clock = options.clock ?? monotonicClock;
    this.#nameplate = { model: options.model ?? 'NE1000', firmware: options.firmware ?? '3.928' };
    this.#settings = new Settings(options.safe ?? 0, options.address ?? 0);
    this.#motor = new Motor(this.#settings, this.#clock.now());
  }

  attach(line: Duplex): void {
    const wire = faultyLine(line);
    for (const fault of this.#wireFaults.values()) wire.set(fault);
    const decoder = new Decoder<Frame>(this.#clock, judgeCommand, {
      frame: (frame) => this.#receive(frame),
      discarded: (reason) => this.#damaged(reason),
    });
    this.#wire = wire;
    this.#decoder = decoder;
    wire.line.onData((bytes) => decoder.push(bytes));
    wire.line.onClosed(() => {
      if (this.#wire === wire) this.#wire = null;
    });
    if (this.#fresh) this.#announce();
  }

  fault(fault: Fault): void {
    this.#catchUp();
    if (isWireFault(fault)) {
      this.#wireFaults.set(fault.kind, fault);
      this.#wire?.set(fault);
      return;
    }
    switch (fault.kind) {
      case 'none':
        this.#repair();
        break;
      case 'checksum':
        this.#spoilEvery = fault.every;
        this.#sent = 0;
        break;
      case 'other-model':
        this.#isOtherModel = fault.on;
        break;
      case 'refuse':
        this.#refusing = fault.on;
        break;
      case 'power-cycle':
        this.#powerCycle();
        break;
      case 'stall':
        this.#motor.stall();
        if (this.#motor.alarm) this.#announce();
        break;
      case 'panel':
        this.#press(fault.action);
        break;
      case 'panel-set':
        parseCommand(`${fault.setting === 'rate' ? 'RAT' : 'VOL'}${fault.figure}`)?.run(this.#pump());
        break;
      case 'finger-off':
        break;
    }
  }

  truth() {
    this.#catchUp();
    const delivering = this.#motor.operating && !this.#motor.withdrawing;
    return {
      deliveredMicrolitres: this.#motor.delivered,
      rateMicrolitresPerHour: delivering ? this.#motor.flow : 0,
      delivering,
    };
  }

  dispose(): void {
    this.#catchUp();
    this.#motor.switchOff();
    clearTimeout(this.#watchdog);
    const line = this.#wire?.line;
    this.#wire = null;
    // The other side learns it by its own end closing; there is nobody here to tell.
    line?.close().catch(() => undefined);
  }

  #receive(frame: Frame): void {
    this.#catchUp();
    // In Safe mode text that ends with a CR is nothing to the pump.
    if (frame.mode === 'basic' && this.#settings.safeSeconds > 0) return;
    const command = parseCommand(frame.payload);
    if ((command?.address ?? 0) !== this.#settings.address) return;
    this.#send(command ? this.#answer(command) : `${this.#prompt()}?`);
    this.#armWatchdog();
  }

  /** An alarm is acknowledged by being sent in place of the reply, and the command is lost by it (field reports). */
  #answer(command: NonNullable<ReturnType<typeof parseCommand>>): string {
    if (this.#motor.alarm) {
      const alarm = this.#prompt();
      this.#motor.alarm = null;
      return alarm;
    }
    if (this.#refusing && !command.asks) return `${this.#prompt()}?NA`;
    const data = command.run(this.#pump());
    return `${this.#prompt()}${data}`;
  }

  #damaged(reason: string): void {
    if (reason === 'bad checksum') this.#send(`${this.#prompt()}?COM`);
  }

  #prompt(): string {
    const { alarm, activity, withdrawing } = this.#motor;
    if (alarm) return `A?${alarm}`;
    return withdrawing && activity === 'running' ? 'W' : PROMPTS[activity];
  }

  /** Always in the mode that holds now: the reply to SAF already comes in the new one. */
  #send(text: string): void {
    const payload = `${String(this.#settings.address).padStart(2, '0')}${text}`;
    const bytes = this.#settings.safeSeconds > 0 ? this.#packet(payload) : encodeBasicReply(payload);
    // A reply into a closed line is lost, as on a wire.
    this.#wire?.line.write(bytes).catch(() => undefined);
  }

  #packet(payload: string): Uint8Array {
    const bytes = encodeSafe(payload);
    this.#sent += 1;
    const isSpoiled = this.#spoilEvery > 0 && this.#sent % this.#spoilEvery === 0;
    const lowCrc = bytes.length - 2;
    return isSpoiled ? bytes.with(lowCrc, (bytes[lowCrc] ?? 0) ^ 0x01) : bytes;
  }

  /** In Safe mode alarms are sent unasked, which does not acknowledge them. */
  #announce(): void {
    this.#fresh = false;
    if (this.#settings.safeSeconds > 0) this.#send(this.#prompt());
  }

  #catchUp(): void {
    const before = this.#motor.alarm;
    this.#motor.advance(this.#clock.now());
    if (this.#motor.alarm && this.#motor.alarm !== before) this.#announce();
  }

  #armWatchdog(): void {
    clearTimeout(this.#watchdog);
    const { safeSeconds } = this.#settings;
    this.#motor.deadline = safeSeconds === 0 ? null : ((this.#clock.now() + safeSeconds * 1000) as Millisecond);
    if (this.#motor.deadline !== null) this.#awaitWatchdog(safeSeconds * 1000);
  }

  /** The timer only brings the news; the motor itself halts at the exact deadline. */
  #awaitWatchdog(milliseconds: number): void {
    this.#watchdog = setTimeout(() => {
      this.#catchUp();
      if (this.#motor.deadline !== null) this.#awaitWatchdog(this.#motor.deadline - this.#clock.now());
    }, milliseconds);
  }

  #powerCycle(): void {
    clearTimeout(this.#watchdog);
    this.#motor.powerCycle();
    this.#decoder?.reset('power cycle');
    this.#announce();
  }

  /** A key also acknowledges an alarm. */
  #press(action: 'start' | 'stop'): void {
    this.#motor.alarm = null;
    parseCommand(action === 'start' ? 'RUN' : 'STP')?.run(this.#pump());
  }

  #pump() {
    const nameplate = this.#isOtherModel ? { ...this.#nameplate, model: OTHER_MODEL } : this.#nameplate;
    return { settings: this.#settings, motor: this.#motor, nameplate };
  }

  #repair(): void {
    this.#wireFaults.clear();
    this.#wire?.set({ kind: 'none' });
    this.#refusing = false;
    this.#isOtherModel = false;
    this.#spoilEvery = 0;
  }
}

import { join } from 'node:path';
import { type Clock, monotonicClock } from '../kit/clock.ts';
import type { Fault, MonitorSimulator, PatientSigns, PumpSimulator } from '../kit/simulator.ts';
import { createNewEraSimulator } from '../new-era/simulator.ts';
import { createNoninSimulator } from '../nonin/simulator.ts';
import type { PlugPosition, Scenario } from './messages.ts';
import { Patient } from './patient.ts';
import { plugIn, type SimulatedPort } from './simulated-port.ts';

/** An assumption of the demonstration: the simulated syringe holds ketamine 2 mg/mL. The station knows only the order. */
const MICROGRAMS_PER_MICROLITRE = 2;
const WEIGHT_KG = 70;
const TICK = 200;
/** One spoiled byte in so many: no reply and no packet arrives whole. */
const NOISE_EVERY_BYTES = 3;

export interface ChairBenchOptions {
  /** Folder for the port names; it exists. */
  readonly folder: string;
  /** Start of the port names, such as `chair-1`. */
  readonly name: string;
  /** Network address of the pump, 0..99; 0 by default. */
  readonly address?: number;
}

/**
 * One simulated chair:   syringe pump -> drug really delivered -> patient -> signs -> oximeter
 * Both devices stand on ports that the station opens like any others. Virtual time is real time.
 */
export class ChairBench {
  readonly #clock: Clock = monotonicClock;
  readonly #pump: PumpSimulator;
  readonly #monitor: MonitorSimulator;
  readonly #pumpPort: SimulatedPort;
  readonly #monitorPort: SimulatedPort;
  readonly #patient = new Patient({ weightKg: WEIGHT_KG });
  readonly #timer: NodeJS.Timeout;
  #fixed: PatientSigns | null = null;
  #signs: PatientSigns = { spo2: 98, pulse: 70, perfusion: 'good' };
  #deliveredBefore = 0;
  #advancedAt: number;

  private constructor(pump: PumpSimulator, monitor: MonitorSimulator, ports: readonly [SimulatedPort, SimulatedPort]) {
    this.#pump = pump;
    this.#monitor = monitor;
    [this.#pumpPort, this.#monitorPort] = ports;
    this.#advancedAt = this.#clock.now();
    this.#timer = setInterval(() => this.#advance(), TICK);
    this.#advance();
  }

  static async open({ folder, name, address = 0 }: ChairBenchOptions): Promise<ChairBench> {
    const pump = createNewEraSimulator({ address });
    const monitor = createNoninSimulator();
    const ports = [
      await plugIn(pump, join(folder, `${name}-pump`)),
      await plugIn(monitor, join(folder, `${name}-monitor`)),
    ] as const;
    return new ChairBench(pump, monitor, ports);
  }

  /** Where the station finds both devices; the names outlive an unplugged cable. */
  get ports(): { readonly pump: string; readonly monitor: string } {
    return { pump: this.#pumpPort.port, monitor: this.#monitorPort.port };
  }

  truth(): ReturnType<PumpSimulator['truth']> & { readonly signs: PatientSigns } {
    return { ...this.#pump.truth(), signs: this.#signs };
  }

  cable(device: 'pump' | 'monitor'): SimulatedPort {
    return device === 'pump' ? this.#pumpPort : this.#monitorPort;
  }

  /** Pulls a cable or puts it in. */
  async move(device: 'pump' | 'monitor', position: PlugPosition): Promise<void> {
    const cable = this.cable(device);
    if (position !== 'in') await cable.unplug();
    if (position !== 'out') await cable.plug(position === 'in' ? 'here' : 'elsewhere');
  }

  fault(device: 'pump' | 'monitor', fault: Fault): void {
    (device === 'pump' ? this.#pump : this.#monitor).fault(fault);
  }

  /** Fixes the signs; null gives them back to the patient. */
  show(signs: PatientSigns | null): void {
    this.#fixed = signs;
    this.#advance();
  }

  async play(scenario: Scenario): Promise<void> {
    switch (scenario) {
      case 'desaturate':
      case 'apnoea':
      case 'bradycardia':
        return this.#patient.begin(scenario);
      case 'finger-off':
        return this.#monitor.fault({ kind: 'finger-off', on: true });
      case 'monitor-unplug':
        return this.#monitorPort.unplug();
      case 'pump-unplug':
        return this.#pumpPort.unplug();
      case 'pump-stall':
        return this.#pump.fault({ kind: 'stall' });
      case 'pump-silent':
        return this.#pump.fault({ kind: 'silence', on: true });
      case 'garbage':
        this.#pump.fault({ kind: 'garble', everyBytes: NOISE_EVERY_BYTES });
        return this.#monitor.fault({ kind: 'garble', everyBytes: NOISE_EVERY_BYTES });
      case 'recover':
        return this.#recover();
    }
  }

  async dispose(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([this.#pumpPort.unplug(), this.#monitorPort.unplug()]);
    this.#pump.dispose();
    this.#monitor.dispose();
  }

  async #recover(): Promise<void> {
    this.#fixed = null;
    this.#patient.begin('none');
    this.#pump.fault({ kind: 'none' });
    this.#monitor.fault({ kind: 'none' });
    await Promise.all([this.#pumpPort.plug(), this.#monitorPort.plug()]);
  }

  #advance(): void {
    const now = this.#clock.now();
    const { deliveredMicrolitres } = this.#pump.truth();
    // The pump's count starts again when it is switched off and on.
    const microlitres =
      deliveredMicrolitres - (deliveredMicrolitres < this.#deliveredBefore ? 0 : this.#deliveredBefore);
    const signs = this.#patient.advance(now - this.#advancedAt, microlitres * MICROGRAMS_PER_MICROLITRE);
    this.#advancedAt = now;
    this.#deliveredBefore = deliveredMicrolitres;
    this.#signs = this.#fixed ?? signs;
    this.#monitor.show(this.#signs);
  }
}

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PumpSimulator, Simulator } from '../../drivers/kit/simulator.ts';
import type { Duplex } from '../../drivers/kit/transport.ts';
import { createNewEraSimulator } from '../../drivers/new-era/simulator.ts';
import { createNoninSimulator } from '../../drivers/nonin/simulator.ts';
import { plugIn, type SimulatedPort } from '../../drivers/virtual-patient/simulated-port.ts';
import { forkDeviceHost } from '../../main/devices/fork.ts';
import type { ChairDevices } from '../../main/devices/messages.ts';
import type { DeviceHostProcess } from '../../main/devices/process.ts';
import { HostUser } from './host-user.ts';

/** A simulated device on a real port. */
class Socket<Device extends Simulator> {
  readonly device: Device;
  line: Duplex | null = null;
  #port: SimulatedPort | null = null;

  constructor(device: Device) {
    this.device = device;
  }

  async plugInto(link: string): Promise<void> {
    const attach = (line: Duplex) => {
      this.line = line;
      this.device.attach(line);
    };
    this.#port = await plugIn({ attach }, link);
  }

  /** What the device is sent from now on, as text. */
  overhear(): () => string {
    const { line } = this;
    let heard = '';
    if (line === null) throw new Error('the device is not plugged in');
    this.device.attach({
      write: (bytes) => line.write(bytes),
      onData: (listener) =>
        line.onData((bytes) => {
          heard += new TextDecoder('latin1').decode(bytes);
          listener(bytes);
        }),
      onClosed: (listener) => line.onClosed(listener),
      close: () => line.close(),
    });
    return () => heard;
  }

  get port(): string {
    return this.#port?.port ?? '';
  }

  async unplug(): Promise<void> {
    await this.#port?.unplug();
  }

  async plug(): Promise<void> {
    await this.#port?.plug();
  }

  async dispose(): Promise<void> {
    await this.unplug();
    this.device.dispose();
  }
}

/** One chair with simulated devices in this process and its device hosts in others. */
export class ChairBench {
  readonly pump = new Socket<PumpSimulator>(createNewEraSimulator());
  readonly monitor = new Socket(createNoninSimulator());
  readonly #users: HostUser[] = [];

  static async make(): Promise<ChairBench> {
    const bench = new ChairBench();
    const folder = mkdtempSync(join(tmpdir(), 'chairside-serial-'));
    await bench.pump.plugInto(join(folder, 'pump'));
    await bench.monitor.plugInto(join(folder, 'monitor'));
    bench.monitor.device.show({ spo2: 97, pulse: 64, perfusion: 'good' });
    return bench;
  }

  get devices(): ChairDevices {
    const port = { baudRate: null, address: 0, format: null };
    return {
      chairId: 'chair-1',
      pump: { ...port, driver: 'new-era', port: this.pump.port },
      syringe: 'BD 60 mL',
      monitor: { ...port, driver: 'nonin', port: this.monitor.port },
    };
  }

  /** Starts a device host; resolves when it was told to open its ports. */
  open(devices: ChairDevices = this.devices, host = forkDeviceHost(devices.chairId)): HostUser {
    const user = new HostUser(host);
    this.#users.push(user);
    user.send({ kind: 'open', devices });
    return user;
  }

  /** A host with its pump read at least once. */
  async ready(host?: DeviceHostProcess): Promise<HostUser> {
    const user = this.open(this.devices, host);
    await user.next('pump', () => true, { from: 0 });
    return user;
  }

  /** A host whose pump infuses under a permit that is renewed. */
  async infusing(host?: DeviceHostProcess): Promise<HostUser> {
    const user = await this.ready(host);
    await user.infuse(1);
    return user;
  }

  async dispose(): Promise<void> {
    for (const user of this.#users) {
      user.stopRenewing();
      user.host.kill();
      await user.exit();
    }
    await this.pump.dispose();
    await this.monitor.dispose();
  }
}

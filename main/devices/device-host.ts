import { AppError } from '../../drivers/kit/app-error.ts';
import type { Clock } from '../../drivers/kit/clock.ts';
import type { MonitorDriverModule, PumpDriverModule } from '../../drivers/kit/driver.ts';
import type { GuardTrip } from '../../drivers/kit/guard.ts';
import type { LineSettings, TransportFactory } from '../../drivers/kit/transport.ts';
import type { Channel } from './channel.ts';
import type { ChairDevices, DevicePort, ToDeviceHost } from './messages.ts';
import { MonitorLink } from './monitor-link.ts';
import { PumpLink } from './pump-link.ts';

export interface DeviceHostOptions {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly openLine: (port: string, settings: LineSettings) => TransportFactory;
  readonly pumps: Readonly<Record<string, PumpDriverModule>>;
  readonly monitors: Readonly<Record<string, MonitorDriverModule>>;
  /** Everything is let go; the process may end. */
  readonly finished: () => void;
}

const TICK = 100;
const ALIVE_EVERY = 1_000;
/** A pump that cannot be read for this long after main went is left to its own watchdog and volume limit. */
const GIVE_UP = 30_000;

/**
 * Owns one chair's ports. Main says what to do over the channel; without main, the host stops the pump and ends:
 *
 *   main <-- channel --> DeviceHost --> PumpLink [guard] --> Connection --> driver --> line
 *                                   --> MonitorLink      --> Connection --> driver --> line
 */
export class DeviceHost {
  readonly #options: DeviceHostOptions;
  readonly #timer: NodeJS.Timeout;
  #pump: PumpLink | null = null;
  #monitor: MonitorLink | null = null;
  #aliveAt = Number.NEGATIVE_INFINITY;
  #endBy: number | null = null;
  #ending = false;

  constructor(options: DeviceHostOptions) {
    this.#options = options;
    options.channel.onMessage((message) => this.#handle(message));
    options.channel.onClosed(() => this.#stopAndEnd('main-gone'));
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  /** A fault in this process: the pump is stopped before the process ends. */
  fail(): void {
    this.#stopAndEnd('host-fault');
  }

  #handle(message: ToDeviceHost): void {
    switch (message.kind) {
      case 'open':
        this.#open(message.devices);
        break;
      case 'permit':
        this.#pump?.permit(message);
        break;
      case 'stop':
        this.#pump?.stop(message.at);
        break;
      case 'program':
      case 'start':
        this.#command(message);
        break;
      case 'close':
        this.#close();
        break;
    }
  }

  #open(devices: ChairDevices): void {
    if (this.#pump || this.#monitor) throw new AppError('CONFIG_INVALID', 'A device host opens its chair once.');
    const { channel, clock, pumps, monitors } = this.#options;
    const send = channel.send;
    const pumpModule = pumps[devices.pump.driver];
    if (pumpModule) {
      const open = this.#factory(devices.pump, pumpModule.manifest.line);
      const { address } = devices.pump;
      this.#pump = new PumpLink({ module: pumpModule, address, syringe: devices.syringe, open, clock, send });
      this.#pump.start();
    } else this.#unknownDriver('pump', devices.pump);
    const monitorModule = monitors[devices.monitor.driver];
    if (monitorModule) {
      const open = this.#factory(devices.monitor, monitorModule.manifest.line);
      this.#monitor = new MonitorLink({ module: monitorModule, format: devices.monitor.format, open, clock, send });
      this.#monitor.start();
    } else this.#unknownDriver('monitor', devices.monitor);
  }

  /** A port name that does not parse fails when it is opened, where every failure is reported. */
  #factory(port: DevicePort, line: LineSettings): TransportFactory {
    const settings = { ...line, baudRate: port.baudRate ?? line.baudRate };
    return async () => this.#options.openLine(port.port, settings)();
  }

  #unknownDriver(device: 'pump' | 'monitor', port: DevicePort): void {
    const { channel, clock } = this.#options;
    const detail = `There is no ${device} driver "${port.driver}". Correct the configuration.`;
    channel.send({ kind: 'link', device, state: 'down', detail, at: clock.now() });
  }

  #command(message: Extract<ToDeviceHost, { kind: 'program' | 'start' }>): void {
    const { channel, clock } = this.#options;
    if (this.#pump && this.#endBy === null) return this.#pump.command(message);
    const outcome = { kind: 'refused', code: 'guard-no-reading' } as const;
    channel.send({ kind: 'outcome', id: message.id, outcome, at: clock.now() });
  }

  #close(): void {
    if (this.#pump && !this.#pump.isQuiet) this.#pump.stop(null);
    this.#endBy ??= this.#options.clock.now() + GIVE_UP;
  }

  /** without main there is no permission; the pump is stopped until it reads back as not delivering. */
  #stopAndEnd(reason: GuardTrip): void {
    this.#pump?.trip(reason);
    this.#endBy ??= this.#options.clock.now() + GIVE_UP;
  }

  #tick(): void {
    this.#pump?.tick();
    this.#monitor?.tick();
    this.#sayAlive();
    if (this.#endBy === null || this.#ending) return;
    const quiet = this.#pump === null || this.#pump.isQuiet || this.#pump.wasNeverConnected;
    if (quiet || this.#options.clock.now() >= this.#endBy) void this.#end();
  }

  #sayAlive(): void {
    const now = this.#options.clock.now();
    if (now - this.#aliveAt < ALIVE_EVERY) return;
    this.#aliveAt = now;
    this.#options.channel.send({ kind: 'alive' });
  }

  async #end(): Promise<void> {
    this.#ending = true;
    await Promise.allSettled([this.#pump?.end(), this.#monitor?.end()]);
    clearInterval(this.#timer);
    this.#options.channel.send({ kind: 'closed' });
    this.#options.finished();
  }
}

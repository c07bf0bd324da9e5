import type { Clock } from '../../drivers/kit/clock.ts';
import type { MonitorDriver, MonitorDriverModule, MonitorSink } from '../../drivers/kit/driver.ts';
import type { TransportFactory } from '../../drivers/kit/transport.ts';
import { Connection } from './connection.ts';
import { Discards } from './discards.ts';
import type { FromDeviceHost } from './messages.ts';

export interface MonitorLinkOptions {
  readonly module: MonitorDriverModule;
  readonly format: string | null;
  readonly open: TransportFactory;
  readonly clock: Clock;
  readonly send: (message: FromDeviceHost) => void;
}

/** A monitor that sends nothing for this long has lost its cable. */
const SILENT_AFTER = 1_800;

/** The chair's monitor: what its driver decodes goes to main in the same turn of the event loop. */
export class MonitorLink {
  readonly #options: MonitorLinkOptions;
  readonly #connection: Connection<MonitorDriver>;
  readonly #discards: Discards;
  #heardAt = 0;

  constructor(options: MonitorLinkOptions) {
    const { clock, send, module, format } = options;
    this.#options = options;
    this.#discards = new Discards('monitor', clock, send);
    this.#connection = new Connection<MonitorDriver>({
      open: options.open,
      create: (line, wrongDevice) => {
        const discarded = (reason: string, bytes: number) => this.#discards.add(reason, bytes);
        return module.create({ line, clock, events: { discarded, wrongDevice } }, this.#sink(), { format });
      },
      prove: (driver) => driver.open(),
      up: () => {
        this.#heardAt = clock.now();
      },
      lost: () => {},
      release: (driver) => driver.close(),
      report: (state, detail) => send({ kind: 'link', device: 'monitor', state, detail, at: clock.now() }),
    });
  }

  start(): void {
    this.#connection.start();
  }

  end(): Promise<void> {
    return this.#connection.end();
  }

  tick(): void {
    this.#discards.tick();
    const silence = this.#options.clock.now() - this.#heardAt;
    if (this.#connection.kind === 'up' && silence >= SILENT_AFTER)
      this.#connection.fail('down', 'The monitor sends nothing. Check that it is on and its cable.');
  }

  #sink(): MonitorSink {
    const { clock, send } = this.#options;
    const heard = () => {
      this.#heardAt = clock.now();
      return clock.now();
    };
    return {
      samples: (samples) => send({ kind: 'vitals', samples, at: heard() }),
      wave: (samples, at) => {
        heard();
        send({ kind: 'wave', samples, at });
      },
      deviceAlarm: (code, active) => send({ kind: 'device-alarm', code, active, at: clock.now() }),
    };
  }
}

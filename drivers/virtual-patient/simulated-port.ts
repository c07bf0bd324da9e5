import type { Simulator } from '../kit/simulator.ts';
import type { Duplex } from '../kit/transport.ts';
import { isPtyAvailable, openPty } from '../kit/transports/pty.ts';
import { type LineServer, listenForLines } from '../kit/transports/tcp-server.ts';

type Device = Pick<Simulator, 'attach'>;

/** A port whose cable can be pulled and plugged in again under the same name. */
export interface SimulatedPort {
  /** In the configuration's form: `serial:PATH` or `tcp:HOST:PORT`. */
  readonly port: string;
  /** What the cable leads to from the next `plug` on. */
  device: Device;
  /** Does nothing when plugged in already. `elsewhere`: under another name, until it is unplugged. */
  plug(where?: 'here' | 'elsewhere'): Promise<void>;
  /** Does nothing when unplugged already. */
  unplug(): Promise<void>;
}

/** A pseudo-terminal. Behind a symbolic link it keeps its name while the terminal behind it changes. */
class PtyPort implements SimulatedPort {
  device: Device;
  readonly #link: string | null;
  #path = '';
  #line: Duplex | null = null;

  constructor(device: Device, link: string | null) {
    this.device = device;
    this.#link = link;
  }

  get port(): string {
    return `serial:${this.#path}`;
  }

  async plug(where: 'here' | 'elsewhere' = 'here'): Promise<void> {
    if (this.#line !== null) return;
    const isHere = where === 'here';
    const { line, path } = openPty(isHere ? this.#link : null);
    if (isHere) this.#path = path;
    this.#line = line;
    this.device.attach(line);
  }

  async unplug(): Promise<void> {
    const line = this.#line;
    this.#line = null;
    await line?.close();
  }
}

/** A loopback TCP port, one connection at a time as at a serial port. It keeps its number from the first time on. */
class TcpPort implements SimulatedPort {
  device: Device;
  #number: number;
  #server: LineServer | null = null;
  #isTaken = false;

  constructor(device: Device, number: number) {
    this.device = device;
    this.#number = number;
  }

  get port(): string {
    return `tcp:127.0.0.1:${this.#number}`;
  }

  async plug(where: 'here' | 'elsewhere' = 'here'): Promise<void> {
    if (this.#server !== null) return;
    const isHere = where === 'here';
    this.#server = await listenForLines((line) => this.#accept(line), isHere ? this.#number : 0);
    if (isHere) this.#number = Number(this.#server.path.split(':').at(-1));
  }

  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.close();
  }

  #accept(line: Duplex): void {
    if (this.#isTaken) {
      line.onClosed(() => {});
      void line.close();
      return;
    }
    this.#isTaken = true;
    this.device.attach(whenClosed(line, () => (this.#isTaken = false)));
  }
}

/** The same line, which also tells us when it closes: a line has one listener, and that is the device's. */
function whenClosed(line: Duplex, told: () => void): Duplex {
  return {
    write: (bytes) => line.write(bytes),
    onData: (listener) => line.onData(listener),
    onClosed: (listener) =>
      line.onClosed((reason) => {
        told();
        listener(reason);
      }),
    close: () => line.close(),
  };
}

/** @param number 0: any free port. @throws the operating system's error when the number is taken. */
export async function plugIntoTcp(device: Device, number: number): Promise<SimulatedPort> {
  const port = new TcpPort(device, number);
  await port.plug();
  return port;
}

/**
 * @param link path of a symbolic link to it, in a folder that exists; null: none, and the name changes with each plug.
 * @throws AppError LINE_OPEN_FAILED where the platform has no pseudo-terminals.
 */
export async function plugIntoPty(device: Device, link: string | null): Promise<SimulatedPort> {
  const port = new PtyPort(device, link);
  await port.plug();
  return port;
}

/** A pseudo-terminal where the platform has them, a TCP port elsewhere. */
export function plugIn(device: Device, link: string): Promise<SimulatedPort> {
  return isPtyAvailable() ? plugIntoPty(device, link) : plugIntoTcp(device, 0);
}

/** Pulls two cables and puts each into the other's device. */
export async function exchange(one: SimulatedPort, other: SimulatedPort): Promise<void> {
  await Promise.all([one.unplug(), other.unplug()]);
  [one.device, other.device] = [other.device, one.device];
  await Promise.all([one.plug(), other.plug()]);
}

import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import type { FromDeviceHost, ToDeviceHost } from '../../main/devices/messages.ts';
import type { DeviceHostProcess } from '../../main/devices/process.ts';

type Kind = FromDeviceHost['kind'];
type Message<K extends Kind> = Extract<FromDeviceHost, { kind: K }>;

const RATE = microlitrePerHour(20_000);
const VOLUME = microlitre(10_000);
const CEILING = microlitre(20_000);

/** Stands in main's place: keeps what a device host says and waits for a fact in it. */
export class HostUser {
  readonly host: DeviceHostProcess;
  readonly messages: FromDeviceHost[] = [];
  exited: string | null = null;
  readonly #watchers = new Set<() => void>();
  #renewal: NodeJS.Timeout | null = null;

  constructor(host: DeviceHostProcess) {
    this.host = host;
    host.onMessage((message) => {
      this.messages.push(message);
      this.#look();
    });
    host.onExit((reason) => {
      this.exited = reason;
      this.stopRenewing();
      this.#look();
    });
  }

  send(message: ToDeviceHost): void {
    this.host.send(message);
  }

  /** The first message of a kind, among those from number `from` on, that fits; rejects after `timeout` ms. */
  async next<K extends Kind>(
    kind: K,
    fits: (message: Message<K>) => boolean = () => true,
    { from = this.messages.length, timeout = 20_000 } = {},
  ): Promise<Message<K>> {
    const isIt = (message: FromDeviceHost): message is Message<K> =>
      message.kind === kind && fits(message as Message<K>);
    let found = this.messages.slice(from).find(isIt);
    await this.#until(() => {
      found ??= this.messages.slice(from).find(isIt);
      return found !== undefined;
    }, timeout);
    if (!found)
      throw new Error(`No "${kind}" came within ${timeout} ms. Last: ${JSON.stringify(this.messages.slice(-3))}`);
    return found;
  }

  exit(timeout = 20_000): Promise<boolean> {
    return this.#until(() => this.exited !== null, timeout);
  }

  permit(epoch: number, lifetime = 3_000): void {
    const ceilings = { ceilingRate: RATE, ceilingCounter: CEILING };
    this.send({ kind: 'permit', epoch, ...ceilings, lifetime: millisecond(lifetime) });
  }

  stopRenewing(): void {
    if (this.#renewal) clearInterval(this.#renewal);
    this.#renewal = null;
  }

  /** Permit, program, start, and the reading that shows it; the permit is renewed from then on. */
  async infuse(epoch: number): Promise<void> {
    this.permit(epoch);
    this.#renewal = setInterval(() => this.permit(epoch), 1_000);
    await this.#command({ kind: 'program', id: 1, epoch, rate: RATE, volume: VOLUME });
    await this.#command({ kind: 'start', id: 2, epoch });
    await this.next('pump', ({ reading }) => reading.state === 'infusing');
  }

  async #command(message: Extract<ToDeviceHost, { kind: 'program' | 'start' }>): Promise<void> {
    const answer = this.next('outcome', ({ id }) => id === message.id);
    this.send(message);
    const { outcome } = await answer;
    if (outcome.kind !== 'confirmed') throw new Error(`${message.kind}: ${JSON.stringify(outcome)}`);
  }

  #look(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #until(holds: () => boolean, timeout: number): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const watcher = () => {
      if (holds()) resolve(true);
    };
    const timer = setTimeout(() => resolve(false), timeout);
    this.#watchers.add(watcher);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#watchers.delete(watcher);
    });
  }
}

import type { ChairDevices, FromDeviceHost, ToDeviceHost } from '../devices/messages.ts';
import type { DeviceHostProcess, SpawnDeviceHost } from '../devices/process.ts';

const FIRST_BACKOFF = 250;
const LONGEST_BACKOFF = 5000;
/** A host that lived this long counts as sound, and the next one is not kept waiting. */
const SOUND_AFTER = 10_000;
/** A host says something each second; one that is silent for so long hangs and is replaced. */
const HUNG_AFTER = 3_000;
const LAST_CHANCE = 1_000;

export interface HostKeeperOptions {
  readonly devices: ChairDevices;
  readonly spawn: SpawnDeviceHost;
  /** Asked after every spawn: the reason why this host's first act must be a stop, or null. */
  readonly stopFirst: () => string | null;
  readonly onMessage: (message: FromDeviceHost) => void;
  /** The host is gone; a new one follows by itself unless the keeper was closed. */
  readonly onExit: (reason: string) => void;
}

/** Keeps one device host alive for a chair. While there is none, messages go nowhere: the engine repeats its stops. */
export class HostKeeper {
  readonly #options: HostKeeperOptions;
  #host: DeviceHostProcess | null = null;
  #backoff = FIRST_BACKOFF;
  #respawn: NodeJS.Timeout | null = null;
  #sound: NodeJS.Timeout | null = null;
  #hung: NodeJS.Timeout | null = null;
  #closing: (() => void) | null = null;

  constructor(options: HostKeeperOptions) {
    this.#options = options;
    this.#spawn();
  }

  send(message: ToDeviceHost): void {
    this.#host?.send(message);
  }

  /** Asks the host to let go of its ports and kills it when it has not left after `patience` milliseconds. */
  async close(patience: number): Promise<void> {
    if (this.#respawn !== null) clearTimeout(this.#respawn);
    if (this.#sound !== null) clearTimeout(this.#sound);
    const host = this.#host;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#closing = resolve;
    if (host === null) return;
    host.send({ kind: 'close' });
    const timer = setTimeout(() => {
      host.kill();
      resolve();
    }, patience);
    await promise;
    clearTimeout(timer);
  }

  #spawn(): void {
    const { devices, stopFirst, onMessage } = this.#options;
    const host = this.#newHost();
    if (host === null) return;
    this.#host = host;
    const hung = this.#watch(host);
    host.onMessage((message) => {
      if (this.#hung !== hung && this.#hung !== null) clearTimeout(this.#hung);
      this.#hung = hung.refresh();
      onMessage(message);
    });
    host.onExit((reason) => this.#exited(reason));
    host.send({ kind: 'open', devices });
    const reason = stopFirst();
    if (reason !== null) host.send({ kind: 'stop', reason, at: null });
    this.#sound = setTimeout(() => {
      this.#backoff = FIRST_BACKOFF;
    }, SOUND_AFTER);
  }

  /** Time in which this process itself stood still is not the host's silence: what it said meanwhile is read first. */
  #watch(host: DeviceHostProcess): NodeJS.Timeout {
    const hung = setTimeout(() => {
      this.#hung = setTimeout(() => host.kill(), LAST_CHANCE);
    }, HUNG_AFTER);
    this.#hung = hung;
    return hung;
  }

  /** A process that cannot even be started counts as one that ended. */
  #newHost(): DeviceHostProcess | null {
    try {
      return this.#options.spawn(this.#options.devices.chairId);
    } catch (error) {
      this.#exited(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  #exited(reason: string): void {
    this.#host = null;
    if (this.#hung !== null) clearTimeout(this.#hung);
    if (this.#sound !== null) clearTimeout(this.#sound);
    if (this.#closing !== null) return this.#closing();
    this.#respawn = setTimeout(() => this.#spawn(), this.#backoff);
    this.#backoff = Math.min(LONGEST_BACKOFF, this.#backoff * 2);
    this.#options.onExit(reason);
  }
}

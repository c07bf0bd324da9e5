import { AppError, hasCode } from '../../drivers/kit/app-error.ts';
import type { Duplex, TransportFactory } from '../../drivers/kit/transport.ts';
import type { LinkState } from '../../core/engine/state.ts';

export interface ConnectionPorts<Device> {
  readonly open: TransportFactory;
  /** Makes the driver of a fresh line; must not talk yet. */
  create(line: Duplex, wrongDevice: (detail: string) => void): Device;
  /** Asks the device who it is; rejects when it does not answer or is another one. */
  prove(device: Device): Promise<void>;
  up(device: Device): void;
  /** The device of `create` is gone, proved or not. */
  lost(): void;
  release(device: Device): Promise<void>;
  /** Every change of state or of its reason; a recovery that fails says so here. */
  report(state: LinkState, detail: string): void;
}

interface Session<Device> {
  readonly line: Duplex;
  readonly device: Device;
}

type State<Device> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'proving'; readonly session: Session<Device> }
  | { readonly kind: 'up'; readonly session: Session<Device> }
  | { readonly kind: 'closing' }
  | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'ended' };

/** Milliseconds. A port that does not open is tried less and less often; one that opened is tried again soon. */
const FIRST_RETRY = 500;
const LAST_RETRY = 2_000;
/** Another device does not turn into the right one by itself, and each try disturbs it. */
const WRONG_DEVICE_RETRY = 5_000;
/** Longer than any driver's own patience, whose reason says more. */
const PROOF_TIMEOUT = 8_000;
const LET_GO_TIMEOUT = 2_000;

/**
 * The life of one device's line, for as long as the host runs:
 *
 *   idle -> opening -> proving -> up
 *              |          |        |      line closed, no answer, wrong device
 *              |          +--------+--> closing --+
 *              +--------- does not open ----------+--> waiting -> opening ...        any -> ended
 */
export class Connection<Device> {
  readonly #ports: ConnectionPorts<Device>;
  #state: State<Device> = { kind: 'idle' };
  #delay = FIRST_RETRY;
  #reported = '';

  constructor(ports: ConnectionPorts<Device>) {
    this.#ports = ports;
  }

  get kind(): State<Device>['kind'] {
    return this.#state.kind;
  }

  /** The driver while its line is open, proved or not. */
  get device(): Device | null {
    return this.#session?.device ?? null;
  }

  start(): void {
    if (this.#state.kind === 'idle') this.#open();
  }

  /**
   * The owner found the device silent or wrong: let go and begin again.
   * @param retryAfter milliseconds in which nothing is sent; by default soon.
   */
  fail(state: 'down' | 'wrong-device', detail: string, retryAfter?: number): void {
    if (this.#session) this.#drop(this.#session, state, detail, retryAfter);
  }

  /** Leaves the device in its quiet state and gives the port back. */
  async end(): Promise<void> {
    const session = this.#session;
    if (this.#state.kind === 'waiting') clearTimeout(this.#state.timer);
    this.#state = { kind: 'ended' };
    if (!session) return;
    await within(LET_GO_TIMEOUT, this.#ports.release(session.device)).catch((error) => this.#tell('down', error));
    await session.line.close();
  }

  get #session(): Session<Device> | null {
    return this.#state.kind === 'proving' || this.#state.kind === 'up' ? this.#state.session : null;
  }

  #open(): void {
    this.#state = { kind: 'opening' };
    this.#ports
      .open()
      .then((line) => this.#begin(line))
      .catch((error) => {
        this.#tell('down', error);
        this.#wait(this.#delay);
        this.#delay = Math.min(this.#delay * 2, LAST_RETRY);
      });
  }

  async #begin(line: Duplex): Promise<void> {
    if (this.#state.kind !== 'opening') return line.close();
    let session: Session<Device>;
    try {
      session = this.#join(line);
    } catch (error) {
      await line.close();
      throw error;
    }
    this.#delay = FIRST_RETRY;
    this.#state = { kind: 'proving', session };
    within(PROOF_TIMEOUT, this.#ports.prove(session.device)).then(
      () => this.#proved(session),
      (error) => this.#drop(session, hasCode(error, 'DEVICE_WRONG') ? 'wrong-device' : 'down', error),
    );
  }

  /** Gives the line to a new driver. Both hear of its end, the driver first. */
  #join(line: Duplex): Session<Device> {
    let tellDriver: (reason: string) => void = () => {};
    const shared: Duplex = {
      write: (bytes) => line.write(bytes),
      onData: (listener) => line.onData(listener),
      onClosed: (listener) => {
        tellDriver = listener;
      },
      close: () => line.close(),
    };
    const device = this.#ports.create(shared, (detail) => this.#drop(session, 'wrong-device', detail));
    const session: Session<Device> = { line, device };
    line.onClosed((reason) => {
      tellDriver(reason);
      this.#drop(session, 'down', reason);
    });
    return session;
  }

  #proved(session: Session<Device>): void {
    if (this.#session !== session) return;
    this.#state = { kind: 'up', session };
    this.#tell('up', '');
    this.#ports.up(session.device);
  }

  #drop(
    session: Session<Device>,
    state: 'down' | 'wrong-device',
    cause: unknown,
    retryAfter = state === 'wrong-device' ? WRONG_DEVICE_RETRY : FIRST_RETRY,
  ): void {
    if (this.#session !== session) return;
    this.#state = { kind: 'closing' };
    this.#tell(state, cause);
    this.#ports.lost();
    // The port must be free before it is opened again; a close that hangs must not end the recovery.
    const letGo = session.line.close().then(() => this.#ports.release(session.device));
    within(LET_GO_TIMEOUT, letGo)
      .catch((error) => this.#tell(state, error))
      .finally(() => this.#wait(retryAfter));
  }

  #wait(delay: number): void {
    if (this.#state.kind === 'ended') return;
    this.#state = { kind: 'waiting', timer: setTimeout(() => this.#open(), delay) };
  }

  /** Says each new fact once: a port that stays away for an hour is one fact, not 1,800. */
  #tell(state: LinkState, cause: unknown): void {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const fact = `${state} ${detail}`;
    if (fact === this.#reported) return;
    this.#reported = fact;
    this.#ports.report(state, detail);
  }
}

function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new AppError('LINE_NO_REPLY', 'The device does not answer. Check that it is on and its cable.')),
    milliseconds,
  );
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

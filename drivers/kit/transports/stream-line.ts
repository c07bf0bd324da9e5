import { AppError } from '../app-error.ts';
import type { Duplex } from '../transport.ts';

/** The operating system's side of a line. */
export interface Wire {
  /** Calls `done` when the bytes were handed over, or with the error that says why not. */
  send(bytes: Uint8Array, done: (error?: Error | null) => void): void;
  /** Begins to close; the owner reports the end through `StreamLine.gone`. */
  close(): void;
}

/** What every line over an operating system has in common: it closes once, and nothing waits on it after that. */
export class StreamLine implements Duplex {
  readonly #wire: Wire;
  readonly #waiting = new Set<(error: AppError) => void>();
  readonly #ended = Promise.withResolvers<void>();
  #data: (bytes: Uint8Array) => void = () => {};
  #closed: (reason: string) => void = () => {};
  #state: 'open' | 'closing' | 'closed' = 'open';

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#data = listener;
  }

  onClosed(listener: (reason: string) => void): void {
    this.#closed = listener;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(new AppError('LINE_CLOSED', 'The line is closed.'));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.add(reject);
    this.#wire.send(bytes, (error) => {
      this.#waiting.delete(reject);
      if (error) reject(new AppError('LINE_CLOSED', `The line took no bytes: ${error.message}`, { cause: error }));
      else resolve();
    });
    return promise;
  }

  async close(): Promise<void> {
    if (this.#state === 'open') {
      this.#state = 'closing';
      this.#wire.close();
    }
    await this.#ended.promise;
  }

  /** Bytes came from the device. */
  received(bytes: Uint8Array): void {
    if (this.#state === 'open') this.#data(bytes);
  }

  /** The line ended: by `close()`, by the other side, or because the cable went. Repeats are ignored. */
  gone(reason: string): void {
    if (this.#state === 'closed') return;
    const told = this.#state === 'closing' ? 'closed by this side' : reason;
    this.#state = 'closed';
    // The operating system may never call back for bytes it still held; nobody may wait for them.
    for (const reject of this.#waiting) reject(new AppError('LINE_CLOSED', `The line closed: ${told}`));
    this.#waiting.clear();
    this.#ended.resolve();
    this.#closed(told);
  }
}

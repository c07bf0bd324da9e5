import { AppError } from '../app-error.ts';
import type { Duplex } from '../transport.ts';

/** One end of an in-memory line. Bytes arrive in a later microtask, as they would from an operating system. */
class MemoryEnd implements Duplex {
  #peer: MemoryEnd | null = null;
  #open = true;
  #data: (bytes: Uint8Array) => void = () => {};
  #closed: (reason: string) => void = () => {};

  join(peer: MemoryEnd): void {
    this.#peer = peer;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#data = listener;
  }

  onClosed(listener: (reason: string) => void): void {
    this.#closed = listener;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#open) throw new AppError('LINE_CLOSED', 'The line is closed.');
    const copy = bytes.slice();
    queueMicrotask(() => this.#peer?.receive(copy));
  }

  async close(): Promise<void> {
    this.shut('closed by this side');
    this.#peer?.shut('closed by the other side');
  }

  receive(bytes: Uint8Array): void {
    if (this.#open) this.#data(bytes);
  }

  shut(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#closed(reason);
  }
}

/** Both ends of a line without an operating system in between, for parser and driver tests. */
export function memoryLine(): readonly [Duplex, Duplex] {
  const near = new MemoryEnd();
  const far = new MemoryEnd();
  near.join(far);
  far.join(near);
  return [near, far];
}

import { spawnSync } from 'node:child_process';
import { closeSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ReadStream } from 'node:tty';
import { AppError } from '../app-error.ts';
import type { Duplex } from '../transport.ts';
import { StreamLine } from './stream-line.ts';

interface PtyBinding {
  open(columns: number, rows: number): { readonly master: number; readonly slave: number; readonly pty: string };
}

export interface Pty {
  /** The simulator's end. Closing it is, for whoever opened `path`, the cable pulled out. */
  readonly line: Duplex;
  /** What the station opens, like any serial port. */
  readonly path: string;
}

const RETRY = 5;
/** Beyond this many bytes that nobody reads, further ones are lost, as at the end of a wire with no listener. */
const MAX_BACKLOG = 16_384;

/** The package of this platform holds a prebuilt `openpty`; null where there is none. */
function binding(): PtyBinding | null {
  if (process.platform === 'win32') return null;
  try {
    const load = createRequire(import.meta.url);
    const module: PtyBinding = load(`@lydell/node-pty-${process.platform}-${process.arch}/pty.node`);
    return module;
  } catch {
    return null;
  }
}

export function isPtyAvailable(): boolean {
  return binding() !== null;
}

/** No echo and no line editing: the pair must carry bytes, not text. */
function makeRaw(path: string): void {
  const flag = process.platform === 'darwin' ? '-f' : '-F';
  const done = spawnSync('stty', [flag, path, 'raw', '-echo'], { stdio: 'ignore' });
  if (done.status !== 0) throw new AppError('LINE_OPEN_FAILED', `stty could not make ${path} a raw line.`);
}

/** Writes to the master end. Its descriptor does not block, so a full buffer is tried again a little later. */
class Writer {
  readonly #fd: number;
  readonly #isOpen: () => boolean;
  readonly #queue: { bytes: Uint8Array; readonly done: (error?: Error | null) => void }[] = [];
  #backlog = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(fd: number, isOpen: () => boolean) {
    this.#fd = fd;
    this.#isOpen = isOpen;
  }

  send(bytes: Uint8Array, done: (error?: Error | null) => void): void {
    if (this.#backlog + bytes.length > MAX_BACKLOG) return done();
    this.#queue.push({ bytes: bytes.slice(), done });
    this.#backlog += bytes.length;
    if (this.#timer === null) this.#drain();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#queue.length = 0;
  }

  #drain(): void {
    this.#timer = null;
    for (let head = this.#queue[0]; head && this.#isOpen(); head = this.#queue[0]) {
      const written = this.#write(head.bytes);
      if (written === 'full') {
        this.#timer = setTimeout(() => this.#drain(), RETRY);
        return;
      }
      const taken = written instanceof Error ? head.bytes.length : written;
      this.#backlog -= taken;
      head.bytes = head.bytes.subarray(taken);
      if (head.bytes.length > 0) continue;
      this.#queue.shift();
      head.done(written instanceof Error ? written : null);
    }
  }

  #write(bytes: Uint8Array): number | 'full' | Error {
    try {
      return writeSync(this.#fd, bytes);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 'full';
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

/**
 * Makes a pseudo-terminal.
 * @param link where to put a symbolic link to it, so that a re-plugged simulator keeps its port name; replaced if there.
 * @throws AppError LINE_OPEN_FAILED where the platform has none; see `isPtyAvailable`.
 */
export function openPty(link: string | null = null): Pty {
  const native = binding();
  if (!native) throw new AppError('LINE_OPEN_FAILED', 'This platform has no pseudo-terminals; use a TCP line.');
  // The slave stays open here too: without it, the pair would break whenever the station closes its port.
  const { master, slave, pty } = native.open(80, 24);
  makeRaw(pty);
  if (link !== null) {
    rmSync(link, { force: true });
    symlinkSync(pty, link);
  }
  const reader = new ReadStream(master);
  const writer = new Writer(master, () => !reader.destroyed);
  const line = new StreamLine({
    send: (bytes, done) => writer.send(bytes, done),
    close: () => {
      if (link !== null) rmSync(link, { force: true });
      reader.destroy();
    },
  });
  reader.on('data', (bytes) => line.received(bytes));
  reader.on('error', (error) => line.gone(error.message));
  reader.on('close', () => {
    writer.stop();
    closeSync(slave);
    line.gone('the pseudo-terminal closed');
  });
  return { line, path: link ?? pty };
}

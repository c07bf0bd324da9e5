import type { DriverContext } from './driver.ts';
import { monotonicClock } from './clock.ts';
import type { Simulator } from './simulator.ts';
import type { Duplex } from './transport.ts';
import { memoryLine } from './transports/memory.ts';

/** How bytes reach the other side: a frame may arrive in any pieces. */
export type Delivery = 'whole frames' | 'one byte at a time';

export const DELIVERIES: readonly Delivery[] = ['whole frames', 'one byte at a time'];

function byteByByte(line: Duplex): Duplex {
  return {
    write: async (bytes) => {
      for (const byte of bytes) await line.write(Uint8Array.of(byte));
    },
    onData: (listener) => line.onData(listener),
    onClosed: (listener) => line.onClosed(listener),
    close: () => line.close(),
  };
}

export interface Wiring {
  readonly context: DriverContext;
  readonly discarded: string[];
  readonly wrong: string[];
  /** Bytes from nowhere on the way to the driver. */
  readonly inject: (bytes: Uint8Array) => Promise<void>;
  readonly unplug: () => Promise<void>;
}

/** Joins a simulator and the context a driver needs by a line in memory. */
export function wire(simulator: Simulator, delivery: Delivery): Wiring {
  const [near, far] = memoryLine();
  const split = (line: Duplex) => (delivery === 'whole frames' ? line : byteByByte(line));
  const discarded: string[] = [];
  const wrong: string[] = [];
  simulator.attach(split(far));
  return {
    discarded,
    wrong,
    context: {
      line: split(near),
      clock: monotonicClock,
      events: {
        discarded: (reason) => void discarded.push(reason),
        wrongDevice: (detail) => void wrong.push(detail),
      },
    },
    inject: (bytes) => far.write(bytes),
    unplug: () => far.close(),
  };
}

/** The same noise in every run: a failure must come back. */
export function noise(length: number): Uint8Array {
  let state = 0x2f6e2b1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >>> 16;
  });
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

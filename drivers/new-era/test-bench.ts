import { vi } from 'vitest';
import type { DriverContext, PumpProgram } from '../kit/driver.ts';
import { wire } from '../kit/conformance-bench.ts';
import type { Simulator } from '../kit/simulator.ts';
import type { Duplex } from '../kit/transport.ts';
import { microlitre, microlitrePerHour } from '../../core/units.ts';
import { monotonicClock } from '../kit/clock.ts';
import { Decoder } from './decoder.ts';
import { newEra } from './driver.ts';
import { type Frame, judgeCommand } from './frame.ts';
import { createNewEraSimulator, type NewEraSimulatorOptions } from './simulator.ts';

export const PROGRAM: PumpProgram = {
  syringe: 'BD 20 mL',
  rate: microlitrePerHour(36_000),
  volume: microlitre(1_000),
};

/** A pump on the line of a driver that looks for the pump at `sought`. */
export function connectTo(options: NewEraSimulatorOptions, sought: number) {
  const pump = createNewEraSimulator(options);
  const wiring = wire(pump, 'whole frames');
  return { pump, driver: newEra.create(wiring.context, { address: sought, mayRaise: () => true }) };
}

/**
 * Driver and simulator on one line, with the commands on it written down and, where asked, their replies lost. What
 * raises leaves while `permission` holds.
 * `again` is another driver on another line to the same pump, as after a crash or a new cable.
 */
export function connect(options: NewEraSimulatorOptions = {}) {
  const pump = createNewEraSimulator(options);
  const sent: string[] = [];
  const losing = new Set<string>();
  const permission = { holds: true };
  const tap = (line: Duplex): Duplex => ({
    write: async (bytes) => {
      if (!losing.has(sent.at(-1) ?? '')) await line.write(bytes);
    },
    onData: (listener) => {
      const decoder = new Decoder<Frame>(monotonicClock, judgeCommand, {
        frame: ({ payload }) => void sent.push(payload.replace(/^\d+/, '')),
        discarded: () => {},
      });
      line.onData((bytes) => {
        decoder.push(bytes);
        listener(bytes);
      });
    },
    onClosed: (listener) => line.onClosed(listener),
    close: () => line.close(),
  });
  const tapped: Simulator = {
    attach: (line) => pump.attach(tap(line)),
    fault: (fault) => pump.fault(fault),
    dispose: () => pump.dispose(),
  };
  const wiring = wire(tapped, 'whole frames');
  const driverOptions = { address: options.address ?? 0, mayRaise: () => permission.holds };
  const on = (context: DriverContext) => newEra.create(context, driverOptions);
  const again = () => on(wire(tapped, 'whole frames').context);
  return { pump, driver: on(wiring.context), again, sent, losing, permission, ...wiring };
}

/** Lets faked time run until the promise is settled. */
export async function finish<T>(promise: Promise<T>): Promise<T> {
  const state = { settled: false };
  const settle = () => {
    state.settled = true;
  };
  promise.then(settle, settle);
  while (!state.settled) await vi.advanceTimersByTimeAsync(1);
  return promise;
}

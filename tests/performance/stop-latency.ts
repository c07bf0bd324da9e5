import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPty } from '../../drivers/kit/transports/pty.ts';
import { createNewEraSimulator } from '../../drivers/new-era/simulator.ts';
import { createNoninSimulator } from '../../drivers/nonin/simulator.ts';
import type { FromBenchStation, ToBenchStation } from './messages.ts';
import { tappedLine } from './tapped-line.ts';

const CHAIRS = 2;
const STEADY = { spo2: 98, pulse: 72, perfusion: 'good' } as const;
const CROSSING = { ...STEADY, spo2: 80 } as const;
/** Format 7: STATUS, two pleth bytes, FLOAT, CHK. The first frame of a packet carries SYNC, the third SpO2. */
const SYNC = 0x01;
const SPO2_AT = 2 * 5 + 3;
const CRITICAL_BELOW = 85;

/** One simulated chair on two pseudo-terminals, with the clock between the crossing frame and the first stop byte. */
class BenchChair {
  readonly pump: string;
  readonly monitor: string;
  readonly latencies: number[] = [];
  readonly #oximeter = createNoninSimulator({ format: '7' });
  #armed = false;
  #crossedAt: number | null = null;

  constructor() {
    const pumpLine = openPty();
    const monitorLine = openPty();
    this.pump = `serial:${pumpLine.path}`;
    this.monitor = `serial:${monitorLine.path}`;
    const syringe = createNewEraSimulator({});
    syringe.attach(tappedLine(pumpLine.line, { received: (bytes) => this.#pumpHeard(bytes) }));
    this.#oximeter.attach(tappedLine(monitorLine.line, { sent: (bytes) => this.#monitorSaid(bytes) }));
    this.recover();
  }

  cross(): void {
    this.#armed = true;
    this.#oximeter.show(CROSSING);
  }

  recover(): void {
    this.#armed = false;
    this.#oximeter.show(STEADY);
  }

  #monitorSaid(bytes: Uint8Array): void {
    const isPacketStart = ((bytes[0] ?? 0) & SYNC) === SYNC;
    const spo2 = bytes[SPO2_AT] ?? CRITICAL_BELOW;
    if (this.#armed && this.#crossedAt === null && isPacketStart && spo2 < CRITICAL_BELOW) {
      this.#crossedAt = performance.now();
    }
  }

  #pumpHeard(bytes: Uint8Array): void {
    if (this.#crossedAt === null || !Buffer.from(bytes).includes('STP')) return;
    this.latencies.push(performance.now() - this.#crossedAt);
    this.#crossedAt = null;
    this.#armed = false;
  }
}

function quantile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return Number(value.toFixed(3));
}

/**
 * from the last byte of the crossing frame at the port to the first stop byte, with real device hosts, a real
 * record, two streaming chairs and a New Era and a Nonin simulator on pseudo-terminals.
 */
export async function stopLatency(trials: number): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-bench-'));
  const chairs = Array.from({ length: CHAIRS }, () => new BenchChair());
  const station = fork(join(import.meta.dirname, 'bench-station.ts'), { execArgv: [] });
  const startedAt = performance.now();
  try {
    await new Promise<void>((resolve, reject) => {
      station.once('exit', (code) => reject(new Error(`the station under measurement ended (${code})`)));
      station.on('message', (message: FromBenchStation) => {
        if (message.kind === 'cross') chairs[message.chair]?.cross();
        else if (message.kind === 'recover') chairs[message.chair]?.recover();
        else if (message.kind === 'done') resolve();
        else reject(new Error(message.reason));
      });
      const ports = chairs.map(({ pump, monitor }) => ({ pump, monitor }));
      station.send({ kind: 'run', chairs: ports, trials, folder } satisfies ToBenchStation);
    });
  } finally {
    station.removeAllListeners('exit');
    station.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  const sorted = chairs.flatMap(({ latencies }) => latencies).toSorted((a, b) => a - b);
  return {
    bench: 'stop-latency',
    trials: sorted.length,
    p50_ms: quantile(sorted, 0.5),
    p99_ms: quantile(sorted, 0.99),
    max_ms: quantile(sorted, 1),
    chairs: CHAIRS,
    line: 'pseudo-terminal',
    monitor: 'simulated Nonin, format 7',
    pump: 'simulated New Era, Safe mode',
    node: process.version,
    cpus: cpus().length,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

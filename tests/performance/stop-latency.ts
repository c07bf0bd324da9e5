import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPty } from '../../drivers/kit/transports/pty.ts';
import { createNewEraSimulator } from '../../drivers/new-era/simulator.ts';
import { createNoninSimulator } from '../../drivers/nonin/simulator.ts';
import type { BeginTrials, FromBenchStation, ToBenchStation } from './messages.ts';
import { tappedLine } from './tapped-line.ts';
import { type PressingPage, pressingPage } from './pressing-page.ts';
import { busyProcessors, frozenPage } from './worst-case.ts';

export interface BenchOptions {
  readonly trials: number;
  readonly chairs: number;
  /**
   * What leads to each stop: signs that cross their limit; the same in the `worst` case of, with every processor busy,
   * a question always unanswered at each pump, the page frozen; or a person's `press` on STOP in a real page.
   */
  readonly cause: 'signs' | 'worst' | 'press';
}

/** speaks of a pump that answers within 500 ms; asked every 250 ms, this one always has a question under way. */
const SLOW_PUMP = { kind: 'delay', milliseconds: 250 } as const;
const SCREENS = join(import.meta.dirname, '..', '..', 'out', 'renderer');

const STEADY = { spo2: 98, pulse: 72, perfusion: 'good' } as const;
const CROSSING = { ...STEADY, spo2: 80 } as const;
/** Format 7: STATUS, two pleth bytes, FLOAT, CHK. The first frame of a packet carries SYNC, the third SpO2. */
const SYNC = 0x01;
const SPO2_AT = 2 * 5 + 3;
const CRITICAL_BELOW = 85;

/** One simulated chair on two pseudo-terminals, with the clock between what asks for a stop and its first byte. */
class BenchChair {
  readonly pump: string;
  readonly monitor: string;
  /** Crossing frame or press to first stop byte, and to the stop read back (ms). */
  readonly latencies: number[] = [];
  readonly readBacks: number[] = [];
  readonly #oximeter = createNoninSimulator({ format: '7' });
  #armed = false;
  #crossedAt: number | null = null;
  #readBackFrom: number | null = null;
  #stopHeard: ((at: number) => void) | null = null;

  constructor(worst: boolean) {
    const pumpLine = openPty();
    const monitorLine = openPty();
    this.pump = `serial:${pumpLine.path}`;
    this.monitor = `serial:${monitorLine.path}`;
    const syringe = createNewEraSimulator({});
    if (worst) syringe.fault(SLOW_PUMP);
    syringe.attach(tappedLine(pumpLine.line, { received: (bytes) => this.#pumpHeard(bytes) }));
    this.#oximeter.attach(tappedLine(monitorLine.line, { sent: (bytes) => this.#monitorSaid(bytes) }));
    this.recover();
  }

  cross(): void {
    this.#armed = true;
    this.#oximeter.show(CROSSING);
  }

  /** A person presses STOP; `pressed` tells when. */
  async press(pressed: Promise<number>): Promise<void> {
    const heard = new Promise<number>((resolve) => {
      this.#stopHeard = resolve;
    });
    const at = await pressed;
    this.#readBackFrom = at;
    this.latencies.push((await heard) - at);
  }

  /** Called when the station has read the stop back. */
  recover(): void {
    if (this.#readBackFrom !== null) this.readBacks.push(performance.now() - this.#readBackFrom);
    this.#readBackFrom = null;
    this.#armed = false;
    this.#oximeter.show(STEADY);
  }

  #monitorSaid(bytes: Uint8Array): void {
    const isPacketStart = ((bytes[0] ?? 0) & SYNC) === SYNC;
    const spo2 = bytes[SPO2_AT] ?? CRITICAL_BELOW;
    if (this.#armed && this.#crossedAt === null && isPacketStart && spo2 < CRITICAL_BELOW) {
      this.#crossedAt = performance.now();
      this.#readBackFrom = this.#crossedAt;
    }
  }

  #pumpHeard(bytes: Uint8Array): void {
    if (!Buffer.from(bytes).includes('STP')) return;
    this.#stopHeard?.(performance.now());
    this.#stopHeard = null;
    if (this.#crossedAt === null) return;
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
 * from the last byte of the crossing frame at the port, or from the press, to the first stop byte and to its
 * read-back, with real device hosts, a real record, streaming chairs and a New Era and a Nonin simulator for each on pseudo-terminals.
 */
export async function stopLatency({ trials, chairs: count, cause }: BenchOptions): Promise<object> {
  const worst = cause === 'worst';
  const folder = mkdtempSync(join(tmpdir(), 'chairside-bench-'));
  const chairs = Array.from({ length: count }, () => new BenchChair(worst));
  const station = fork(join(import.meta.dirname, 'bench-station.ts'), { execArgv: [] });
  const ports = chairs.map(({ pump, monitor }) => ({ pump, monitor }));
  const startedAt = performance.now();
  let pressing: PressingPage | null = null;
  const done = allTrials(station, chairs, (chairId) => pressing?.press(chairId) ?? null);
  const screens = cause === 'signs' ? null : SCREENS;
  station.send({ kind: 'run', chairs: ports, trials, folder, screens } satisfies ToBenchStation);
  const [ready] = (await once(station, 'message')) as [FromBenchStation];
  const url = ready.kind === 'ready' ? ready.page : null;
  const frozen = worst && url !== null ? await frozenPage(url) : null;
  pressing = cause === 'press' && url !== null ? await pressingPage(url) : null;
  const load = worst ? busyProcessors() : null;
  try {
    station.send({ kind: 'begin' } satisfies BeginTrials);
    await done;
  } finally {
    station.removeAllListeners('exit');
    station.kill();
    load?.end();
    await frozen?.end();
    await pressing?.end();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    bench: 'stop-latency',
    trials: chairs.reduce((sum, { latencies }) => sum + latencies.length, 0),
    stop_byte_ms: spread(chairs.flatMap(({ latencies }) => latencies)),
    read_back_ms: spread(chairs.flatMap(({ readBacks }) => readBacks)),
    chairs: count,
    cause: cause === 'press' ? 'STOP pressed in a page' : 'SpO2 crosses its limit',
    load: worst ? 'every processor busy, pumps answer after 250 ms, page frozen' : 'none of ours',
    line: 'pseudo-terminal',
    monitor: 'simulated Nonin, format 7',
    pump: 'simulated New Era, Safe mode',
    node: process.version,
    cpus: cpus().length,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

/** Resolves when the station has done every trial; rejects when it ends before. */
function allTrials(
  station: ChildProcess,
  chairs: readonly BenchChair[],
  press: (chairId: string) => Promise<number> | null,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    station.once('exit', (code) => reject(new Error(`the station under measurement ended (${code})`)));
    station.on('message', (message: FromBenchStation) => {
      if (message.kind === 'cross') {
        const pressed = press(`chair-${message.chair + 1}`);
        if (pressed === null) chairs[message.chair]?.cross();
        else chairs[message.chair]?.press(pressed).catch(reject);
      } else if (message.kind === 'recover') chairs[message.chair]?.recover();
      else if (message.kind === 'done') resolve();
      else if (message.kind === 'failed') reject(new Error(message.reason));
    });
  });
}

function spread(values: readonly number[]): object {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    'p99.9': quantile(sorted, 0.999),
    max: quantile(sorted, 1),
  };
}

import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTrail } from '../../db/client.ts';
import type { AuditInput, Trail } from '../../db/trail.ts';
import type { BenchOptions } from './stop-latency.ts';

/** Rows that are verified: long enough that the walk counts and not its start. */
const VERIFIED_ROWS = 20_000;
/** Time between two commands of a busy station (ms), while the effect on a command is measured. */
const COMMAND_EVERY = 5;

function row(index: number): AuditInput {
  return {
    act: 'pump.rate.set',
    mono: index,
    chair: 'chair-1',
    session: 'S-bench',
    patient: 'P-bench',
    actor: { id: 'dana-clinician', role: 'clinician', auth: ['pin'] },
    outcome: 'ok',
    old: { rateUlPerH: 12_000, syringe: 'BD 60 mL', state: 'infusing' },
    new: { rateUlPerH: 26_200, syringe: 'BD 60 mL', state: 'infusing' },
    reason: 'bench: a row of the usual length',
  };
}

interface Spread {
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
}

function spread(milliseconds: readonly number[]): Spread {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (part: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 1000);
  return { p50Us: at(0.5), p99Us: at(0.99), maxUs: at(1) };
}

async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Append and plain write take turns, so that both meet the same disk. */
async function appends(trail: Trail, folder: string, trials: number) {
  const plain = openSync(join(folder, 'plain'), 'a');
  const appended: number[] = [];
  const written: number[] = [];
  const { seq } = await trail.append(row(0));
  const [stored] = await trail.sessionRows('S-bench');
  const bytes = Buffer.byteLength(stored?.body ?? '') + 32;
  const same = randomBytes(bytes);
  for (let trial = 1; trial <= trials; trial += 1) {
    appended.push(await timed(() => trail.append(row(trial))));
    written.push(
      await timed(() => {
        writeSync(plain, same);
        fdatasyncSync(plain);
      }),
    );
  }
  closeSync(plain);
  return { bytes, rows: seq + trials, append: spread(appended), plainWriteAndFdatasync: spread(written) };
}

/** what a command waits for its row, at the pace of a busy station, while the whole record is verified. */
async function effectOnCommands(trail: Trail, commands: number): Promise<{ alone: Spread; whileVerifying: Spread }> {
  const one = async (isVerifying: boolean): Promise<Spread> => {
    const stop = new AbortController();
    const checking = isVerifying ? verifyUntil(trail, stop.signal) : Promise.resolve();
    const waits: number[] = [];
    for (let command = 0; command < commands; command += 1) {
      await new Promise((resolve) => setTimeout(resolve, COMMAND_EVERY));
      waits.push(await timed(() => trail.append(row(command))));
    }
    stop.abort();
    await checking;
    return spread(waits);
  };
  return { alone: await one(false), whileVerifying: await one(true) };
}

async function verifyUntil(trail: Trail, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await trail.verify(undefined, signal).catch(() => undefined);
}

/** `npm run bench -- audit`: what the record costs on this disk. One run, one JSON line, with its conditions. */
export async function audit({ trials }: Pick<BenchOptions, 'trials'>): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-bench-'));
  const trail = await openTrail({ folder, station: 'bench', appVersion: 'bench', ballastBytes: 0 });
  try {
    const measured = await appends(trail, folder, trials);
    const commands = await effectOnCommands(trail, Math.min(trials, 500));
    for (let rows = measured.rows; rows < VERIFIED_ROWS; rows += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, index) => trail.append(row(index))));
    }
    let rows = 0;
    const verifyMs = await timed(async () => {
      const found = await trail.verify();
      if (found.damage !== null) throw new Error(`the record is damaged: ${found.damage.detail}`);
      rows = found.rows;
    });
    const { append, plainWriteAndFdatasync: plain } = measured;
    return {
      bench: 'audit',
      trials,
      ...measured,
      ratioP50: Number((append.p50Us / plain.p50Us).toFixed(2)),
      ratioP99: Number((append.p99Us / plain.p99Us).toFixed(2)),
      commands,
      verifiedRows: rows,
      verifiedRowsPerSecond: Math.round((rows / verifyMs) * 1000),
      conditions: {
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        cpu: cpus()[0]?.model ?? 'unknown',
        cpus: cpus().length,
        load1: loadavg()[0],
        fileSystem: `0x${statfsSync(folder).type.toString(16)}`,
        at: new Date().toISOString(),
      },
    };
  } finally {
    await trail.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

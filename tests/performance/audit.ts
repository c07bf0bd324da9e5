import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTrail } from '../../db/client.ts';
import type { AuditInput, Trail } from '../../db/trail.ts';
import { appendCost } from './append-cost.ts';
import { type Spread, spread, timed } from './spread.ts';
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

/** What the record costs on this disk: a row, a command, a check. One run, with its conditions. */
export async function audit({ trials }: Pick<BenchOptions, 'trials'>): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-bench-'));
  const trail = await openTrail({ folder, station: 'bench', appVersion: 'bench', ballastBytes: 0 });
  try {
    const append = await appendCost({ trail, folder, row }, trials);
    const commands = await effectOnCommands(trail, Math.min(trials, 500));
    for (let { seq } = await trail.append(row(0)); seq < VERIFIED_ROWS; seq += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, index) => trail.append(row(index))));
    }
    let rows = 0;
    const used = process.cpuUsage();
    const verifyMs = await timed(async () => {
      const found = await trail.verify();
      if (found.damage !== null) throw new Error(`the record is damaged: ${found.damage.detail}`);
      rows = found.rows;
    });
    const { user, system } = process.cpuUsage(used);
    return {
      bench: 'audit',
      trials,
      append,
      commands,
      verifiedRows: rows,
      verifiedRowsPerSecond: Math.round((rows / verifyMs) * 1000),
      // Processor time of all threads says the same on a busy machine as on a quiet one.
      verifiedRowsPerProcessorSecond: Math.round((rows / (user + system)) * 1e6),
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

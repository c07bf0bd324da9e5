import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChairBench } from './chair-bench.ts';
import type { FromDemonstration, ToDemonstration } from './messages.ts';

/**
 * The demonstration in a process of its own, forked with the number of chairs as its argument. It ends with its parent
 * and takes its ports along.
 */
const MAX_CHAIRS = 16;

const complain = (message: string): void => void process.stderr.write(`demonstration: ${message}\n`);

function fail(message: string): never {
  complain(message);
  process.exit(2);
}

function tell(message: FromDemonstration): void {
  if (process.connected) process.send?.(message);
}

async function obey(bench: ChairBench, message: ToDemonstration): Promise<void> {
  switch (message.kind) {
    case 'scenario':
      return bench.play(message.scenario);
    case 'fault':
      return bench.fault(message.device, message.fault);
    case 'signs':
      return bench.show(message.signs);
    case 'truth': {
      const truth = bench.truth();
      return tell({ kind: 'truth', request: message.request, ...truth });
    }
  }
}

async function run(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-demo-'));
  // Also on a crash: nothing of a demonstration may stay behind that looks like a device.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const benches: ChairBench[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(benches.map((bench) => bench.dispose()));
    process.exit(0);
  };
  for (const event of ['disconnect', 'SIGINT', 'SIGTERM']) process.once(event, () => void end());
  for (let chair = 1; chair <= count; chair += 1) {
    benches.push(await ChairBench.open({ folder, name: `chair-${chair}` }));
  }
  process.on('message', (message: ToDemonstration) => {
    const bench = benches[message.chair];
    if (bench) obey(bench, message).catch((error: unknown) => complain(String(error)));
    else complain(`there is no chair ${message.chair}`);
  });
  tell({ kind: 'ready', chairs: benches.map((bench) => bench.ports) });
}

const count = Number(process.argv[2]);
if (!process.send) fail('this is started by the station, not by hand; "npm run simulate" runs one simulator.');
if (!Number.isInteger(count) || count < 1 || count > MAX_CHAIRS) {
  fail(`the number of chairs must be 1 to ${MAX_CHAIRS}, not "${process.argv[2] ?? ''}"`);
}
await run(count);

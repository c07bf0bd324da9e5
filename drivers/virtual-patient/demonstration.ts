import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicClock } from '../kit/clock.ts';
import { ChairBench } from './chair-bench.ts';
import type { Cable, FromDemonstration, ToDemonstration } from './messages.ts';
import { exchange, type SimulatedPort } from './simulated-port.ts';

/**
 * The demonstration in a process of its own, forked with the number of chairs as its argument. It ends with its parent
 * and takes its ports along. A second argument is the network address of the first pump; those after it count on from
 * there. Without it all have address 0.
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

type Benches = readonly ChairBench[];

function benchOf(benches: Benches, chair: number): ChairBench {
  const bench = benches[chair];
  if (!bench) throw new RangeError(`there is no chair ${chair}`);
  return bench;
}

const cableOf = (benches: Benches, { chair, device }: Cable): SimulatedPort => benchOf(benches, chair).cable(device);

async function obey(benches: Benches, message: ToDemonstration): Promise<void> {
  switch (message.kind) {
    case 'cable':
      return benchOf(benches, message.cable.chair).move(message.cable.device, message.position);
    case 'exchange':
      return exchange(cableOf(benches, message.one), cableOf(benches, message.other));
    case 'scenario':
      return benchOf(benches, message.chair).play(message.scenario);
    case 'fault':
      return benchOf(benches, message.chair).fault(message.device, message.fault);
    case 'signs':
      return benchOf(benches, message.chair).show(message.signs);
    case 'truth': {
      const at = monotonicClock.now();
      const truth = benchOf(benches, message.chair).truth();
      return tell({ kind: 'truth', request: message.request, at, ...truth });
    }
  }
}

async function run(count: number, firstAddress: number | null): Promise<void> {
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
    const address = firstAddress === null ? 0 : firstAddress + chair - 1;
    benches.push(await ChairBench.open({ folder, name: `chair-${chair}`, address }));
  }
  process.on('message', (message: ToDemonstration) => {
    obey(benches, message).catch((error: unknown) => complain(String(error)));
  });
  tell({ kind: 'ready', chairs: benches.map((bench) => bench.ports) });
}

const count = Number(process.argv[2]);
if (!process.send) fail('this is started by the station, not by hand; "npm run simulate" runs one simulator.');
if (!Number.isInteger(count) || count < 1 || count > MAX_CHAIRS) {
  fail(`the number of chairs must be 1 to ${MAX_CHAIRS}, not "${process.argv[2] ?? ''}"`);
}
await run(count, process.argv[3] === undefined ? null : Number(process.argv[3]));

import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AuditInput, Trail } from '../../db/trail.ts';
import type { PlainWriterSettings } from './plain-writer.ts';
import { spread, timed } from './spread.ts';

/** Rows that are asked for at once, to see what one costs in the thread without the way there and back. */
const TOGETHER = 50;
/** Rows over which the write-ahead log is watched; it is first taken up again after five hundred. */
const WATCHED = 100;

type Write = () => Promise<unknown>;

interface Parts {
  readonly trail: Trail;
  readonly folder: string;
  readonly row: (index: number) => AuditInput;
}

/** What one row adds to the write-ahead log: whole pages (row, index, signed head), each with a header. */
async function bytesOnDisk({ trail, folder, row }: Parts): Promise<number> {
  const log = join(folder, 'record.db-wal');
  const before = statSync(log).size;
  for (let index = 0; index < WATCHED; index += 1) await trail.append(row(index));
  return Math.round((statSync(log).size - before) / WATCHED);
}

/** A thread that only writes so many bytes and waits for the disk. */
function plainWriter(path: string, bytes: number): { readonly write: Write; readonly end: () => Promise<number> } {
  const settings: PlainWriterSettings = { path, bytes: randomBytes(bytes) };
  const worker = new Worker(new URL('./plain-writer.ts', import.meta.url), { workerData: settings });
  const waiting: (() => void)[] = [];
  worker.on('message', () => waiting.shift()?.());
  const write = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      worker.postMessage(null);
    });
  return { write, end: () => worker.terminate() };
}

async function together(write: Write): Promise<number> {
  const all = await timed(() => Promise.all(Array.from({ length: TOGETHER }, write)));
  return all / TOGETHER;
}

/** Two ways of writing take turns, so that both meet the same disk and the same load. */
async function turns(one: Write, other: Write, trials: number, measure: (write: Write) => Promise<number>) {
  const ours: number[] = [];
  const plain: number[] = [];
  for (let trial = 0; trial < trials; trial += 1) {
    ours.push(await measure(one));
    plain.push(await measure(other));
  }
  const [append, same] = [spread(ours), spread(plain)];
  return { append, plainWriteAndFdatasync: same, ratioP50: Number((append.p50Us / same.p50Us).toFixed(2)) };
}

/**
 * What a durable row costs beside the least that is durable: a thread that appends the same bytes to a file and calls
 * fdatasync. `roundTrip` is what somebody waits who asks another thread for one; `inThread` leaves the way out.
 */
export async function appendCost(parts: Parts, trials: number): Promise<object> {
  const { trail, folder, row } = parts;
  const bytes = await bytesOnDisk(parts);
  const plain = plainWriter(join(folder, 'plain'), bytes);
  let index = 0;
  const append = (): Promise<unknown> => trail.append(row((index += 1)));
  try {
    const roundTrip = await turns(append, plain.write, trials, timed);
    const inThread = await turns(append, plain.write, Math.ceil(trials / TOGETHER), together);
    return { bytesOnDisk: bytes, roundTrip, inThread };
  } finally {
    await plain.end();
  }
}

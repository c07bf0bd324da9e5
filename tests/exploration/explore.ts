import { once } from 'node:events';
import { availableParallelism, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Done, Job } from './explore-worker.ts';
import type { Violation } from './search.ts';
import { SHORT_WORDS } from './station/letters.ts';

/**
 * `npm run explore`: walks the shipped engine through its states and through random histories (R-9.4, R-2.8), and the
 * whole station through histories and words of its own, on all processors. The same seed and count give the same histories
 * on any number of them. One line of JSON on stdout, progress on stderr; exit code 0 nothing found, 1 a claim is broken, 2 usage.
 */
const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '1000000' },
    // More than there are: the search near normal work comes to its end before.
    'normal-states': { type: 'string', default: '8000000' },
    histories: { type: 'string', default: '1000000' },
    'station-histories': { type: 'string', default: '20000' },
    'station-letters': { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
const most = {
  states: Number(values.states),
  normalStates: Number(values['normal-states']),
  histories: Number(values.histories),
  stationHistories: Number(values['station-histories']),
  stationLetters: Number(values['station-letters']),
  seed: Number(values.seed),
};
const workers = Number(values.workers);
if (![...Object.values(most), workers].every((value) => Number.isSafeInteger(value) && value > 0)) {
  console.error(
    'usage: npm run explore -- [--states N] [--normal-states N] [--histories N] [--station-histories N] [--station-letters N] [--seed S] [--workers N]',
  );
  process.exit(2);
}

const BATCH = 5000;
/** A history of the station takes much longer than one of the engine. */
const STATION_BATCH = 500;
/** Two searches may remember at once, each more than a worker may hold by default. */
const MEMORY = { maxOldGenerationSizeMb: Math.floor(totalmem() / 2 ** 20 / 2) };
/** Apart by more batches than anybody asks for, so that two seeds share none. */
const SEEDS_APART = 1_000_003;

function* jobs(): Generator<Job, undefined> {
  yield { kind: 'wide', states: most.states };
  yield { kind: 'narrow', states: most.normalStates };
  for (const first of SHORT_WORDS) yield { kind: 'stationWords', length: most.stationLetters, first };
  yield* batches('stationHistories', most.stationHistories, STATION_BATCH);
  yield* batches('histories', most.histories, BATCH);
}

function* batches(kind: 'histories' | 'stationHistories', all: number, batch: number): Generator<Job, undefined> {
  for (let from = 0; from < all; from += batch) {
    const count = Math.min(batch, all - from);
    // Of 32 bits, as fast-check takes them.
    yield { kind, count, seed: (most.seed * SEEDS_APART + from / batch) | 0 };
  }
}

const startedAt = performance.now();
const waiting = jobs();
const searched = new Map<Job['kind'], Done>();
const judged = { histories: 0, stationHistories: 0, stationWords: 0 };
let violation: Violation | null = null;

/** Takes one job after the other until none is left, or somewhere a claim is broken. */
async function workOff(): Promise<void> {
  const worker = new Worker(new URL('./explore-worker.ts', import.meta.url), { resourceLimits: MEMORY });
  for (const job of waiting) {
    worker.postMessage(job);
    // Rejects where the worker ends with an error.
    const [done] = (await once(worker, 'message')) as [Done];
    take(done);
    if (violation !== null) break;
  }
  await worker.terminate();
}

function take(done: Done): void {
  violation ??= done.violation;
  const { kind } = done.job;
  if (kind === 'wide' || kind === 'narrow') {
    searched.set(kind, done);
    process.stderr.write(`${kind} search: ${done.found?.states} states\n`);
    return;
  }
  judged[kind] += done.judged;
  const of = kind === 'stationWords' ? SHORT_WORDS.length ** most.stationLetters : most[kind];
  process.stderr.write(`${judged[kind]} of ${of} ${kind}\n`);
}

await Promise.all(Array.from({ length: workers }, workOff));

const figures = (kind: Job['kind']): object => {
  const { states, expanded, transitions, depth, complete } = searched.get(kind)?.found ?? {};
  return { states, expanded, transitions, depth, complete };
};
console.log(
  JSON.stringify({
    explore: 'engine',
    ...figures('wide'),
    normalWork: figures('narrow'),
    ...judged,
    seed: most.seed,
    workers,
    violations: violation === null ? 0 : 1,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    node: process.version,
  }),
);
if (violation !== null) report(violation);

function report({ broken, events }: Violation): void {
  console.error(`broken: ${broken}\n${events.map((name, i) => `${i + 1}. ${name}`).join('\n')}`);
  process.exitCode = 1;
}

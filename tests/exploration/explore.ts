import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Done, Job } from './explore-worker.ts';
import type { Violation } from './search.ts';

/**
 * `npm run explore`: walks the shipped engine through its states and through random histories (R-9.4, R-2.8), on all
 * processors. The same seed and count give the same histories on any number of them. One line of JSON on stdout, progress
 * on stderr; exit code 0 nothing found, 1 a claim is broken, 2 usage.
 */
const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '1000000' },
    histories: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
const [states, histories, seed, workers] = [values.states, values.histories, values.seed, values.workers].map(Number);
const isCount = (value: number | undefined): value is number => Number.isSafeInteger(value) && (value ?? 0) > 0;
if (!isCount(states) || !isCount(histories) || !isCount(seed) || !isCount(workers)) {
  console.error('usage: npm run explore -- [--states N] [--histories N] [--seed S] [--workers N]');
  process.exit(2);
}

const BATCH = 5000;
/** Apart by more batches than anybody asks for, so that two seeds share none. */
const SEEDS_APART = 1_000_003;

function* jobs(most: { states: number; histories: number; seed: number }): Generator<Job, undefined> {
  yield { kind: 'wide', states: most.states };
  yield { kind: 'narrow', states: most.states };
  for (let from = 0; from < most.histories; from += BATCH) {
    const count = Math.min(BATCH, most.histories - from);
    // Of 32 bits, as fast-check takes them.
    yield { kind: 'histories', count, seed: (most.seed * SEEDS_APART + from / BATCH) | 0 };
  }
}

const startedAt = performance.now();
const waiting = jobs({ states, histories, seed });
const searched = new Map<Job['kind'], Done>();
let judged = 0;
let violation: Violation | null = null;

/** Takes one job after the other until none is left, or somewhere a claim is broken. */
async function workOff(): Promise<void> {
  const worker = new Worker(new URL('./explore-worker.ts', import.meta.url));
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
  if (done.job.kind !== 'histories') {
    searched.set(done.job.kind, done);
    process.stderr.write(`${done.job.kind} search: ${done.found?.states} states\n`);
    return;
  }
  judged += done.job.count;
  process.stderr.write(`${judged} of ${histories} histories\n`);
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
    histories: judged,
    seed,
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

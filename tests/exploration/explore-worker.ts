import { writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { step } from '../../core/engine/step.ts';
import { spell } from './alphabet.ts';
import { judgeHistories } from './histories.ts';
import { NORMAL_WORK, STOPPING } from './scripts.ts';
import { type Found, Search, type Violation } from './search.ts';
import { judgeStationHistories } from './station/station-histories.ts';
import { judgeStationWords } from './station/station-words.ts';

/** One piece of work for one processor. */
export type Job =
  /** Everything that can happen, as far as it goes. */
  | { readonly kind: 'wide'; readonly states: number }
  /** The core of normal work, to its end. */
  | { readonly kind: 'narrow'; readonly states: number }
  | { readonly kind: 'histories'; readonly count: number; readonly seed: number }
  /** Random histories of the whole station: what is decided in main. */
  | { readonly kind: 'stationHistories'; readonly count: number; readonly seed: number }
  /** Every word of so many letters of the station that begins with this one. */
  | { readonly kind: 'stationWords'; readonly length: number; readonly first: string };

export interface Done {
  readonly job: Job;
  /** Null for random histories and words. */
  readonly found: Found | null;
  /** Histories or words that were judged; 0 for a search. */
  readonly judged: number;
  readonly violation: Violation | null;
}

parentPort?.on('message', (job: Job) => void answer(job));

/** What rejects here ends the worker, and with it the exploration. */
async function answer(job: Job): Promise<void> {
  parentPort?.postMessage(await work(job));
}

async function work(job: Job): Promise<Done> {
  switch (job.kind) {
    case 'histories':
      return { job, found: null, judged: job.count, violation: judgeHistories(step, job.count, job.seed) };
    case 'stationHistories': {
      const violation = await judgeStationHistories(job.count, job.seed);
      return { job, found: null, judged: job.count, violation };
    }
    case 'stationWords':
      return { job, found: null, ...(await judgeStationWords(job.length, [job.first])) };
    case 'wide':
      return searched(job, new Search(step));
    case 'narrow':
      return searched(job, new Search(step, spell(NORMAL_WORK), spell(STOPPING)));
  }
}

function searched(job: Extract<Job, { readonly states: number }>, search: Search): Done {
  const found = search.run(job.states, (expanded, reached) => {
    // At once: what a thread writes to its streams waits until it is idle.
    writeSync(2, `${job.kind} search: ${expanded} states followed, ${reached - expanded} to follow\n`);
  });
  return { job, found, judged: 0, violation: found.violation };
}

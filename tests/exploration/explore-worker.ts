import { parentPort } from 'node:worker_threads';
import { step } from '../../core/engine/step.ts';
import { spell } from './alphabet.ts';
import { judgeHistories } from './histories.ts';
import { NORMAL_WORK, STOPPING } from './scripts.ts';
import { type Found, Search, type Violation } from './search.ts';

/** One piece of work for one processor. */
export type Job =
  /** Everything that can happen, as far as it goes. */
  | { readonly kind: 'wide'; readonly states: number }
  /** The core of normal work, to its end. */
  | { readonly kind: 'narrow'; readonly states: number }
  | { readonly kind: 'histories'; readonly count: number; readonly seed: number };

export interface Done {
  readonly job: Job;
  /** Null for random histories. */
  readonly found: Found | null;
  readonly violation: Violation | null;
}

parentPort?.on('message', (job: Job) => parentPort?.postMessage(work(job)));

function work(job: Job): Done {
  if (job.kind === 'histories') {
    return { job, found: null, violation: judgeHistories(step, job.count, job.seed) };
  }
  const search = job.kind === 'wide' ? new Search(step) : new Search(step, spell(NORMAL_WORK), spell(STOPPING));
  const found = search.run(job.states);
  return { job, found, violation: found.violation };
}

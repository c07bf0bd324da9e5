import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CALLS, FOLLOW, readTrace, type TraceReader } from './trace.ts';

/** A system call that is answered with an error instead of being done. */
export interface Injection {
  readonly call: Call;
  readonly error: 'EIO' | 'ENOSPC';
  /** Counts the calls of this name that each thread makes to the files of the record, from 1. */
  readonly nth: number;
  /** Whether each one from there on fails, too. */
  readonly isLasting: boolean;
}

export type Call = (typeof CALLS)[number];

/** One run of a station. */
export interface Run {
  /** Holds its record in `record`, and what it said. */
  readonly work: string;
  readonly seed: number;
  readonly name: string;
  readonly rows: number;
  /** Files and folders, as steps name them, whose calls are recorded, counted and made to fail. Null: all, and none fails. */
  readonly names: readonly string[] | null;
}

export interface RunOutcome {
  readonly trace: TraceReader;
  /** What the writer said, one line each. */
  readonly said: readonly string[];
  /** Why the process did not end by itself and in order; null where it did. */
  readonly problem: string | null;
}

const WRITER = fileURLToPath(new URL('./error-writer.ts', import.meta.url));
/** A run takes seconds, also under strace on a busy machine (ms). */
const HUNG_AFTER = 120_000;

/** Runs the writer, its system calls recorded. */
export async function runWriter(run: Run, injection: Injection | null): Promise<RunOutcome> {
  const { work, seed, name, rows, names } = run;
  const [folder, said, trace] = [recordIn(work), join(work, 'said'), join(work, 'trace')];
  const only = names === null ? [] : [...names.map((of) => join(folder, of)), said].flatMap((path) => ['-P', path]);
  const options = [...FOLLOW, '--seccomp-bpf', ...only, '-e', `trace=${CALLS.join(',')},writev`, '-o', trace];
  const writer = [process.execPath, WRITER, folder, String(seed), name, String(rows)];
  const problem = await ended([...options, ...(injection === null ? [] : ['-e', inject(injection)]), ...writer], said);
  const lines = readFileSync(said, 'utf8').split('\n').filter(Boolean);
  return { trace: await readTrace(trace, folder), said: lines, problem };
}

export const recordIn = (work: string): string => join(work, 'record');

function inject({ call, error, nth, isLasting }: Injection): string {
  return `inject=${call}:error=${error}:when=${nth}${isLasting ? '+' : ''}`;
}

/** Threads count for themselves, and strace counts each thread: a single one for what has no thread of its own. */
const ONE_POOL_THREAD = { UV_THREADPOOL_SIZE: '1' };

function ended(args: readonly string[], said: string): Promise<string | null> {
  const out = openSync(said, 'w');
  const child = spawn('strace', args, {
    stdio: ['ignore', out, 'pipe'],
    env: { ...process.env, ...ONE_POOL_THREAD },
    detached: true,
  });
  closeSync(out);
  let errors = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    errors += bytes.toString();
  });
  let isHung = false;
  const late = setTimeout(() => {
    isHung = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, HUNG_AFTER);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      if (isHung) resolve(`it hangs: ${errors}`);
      else resolve(code === 0 ? null : `it ended with ${code ?? signal}: ${errors}`);
    });
  });
}

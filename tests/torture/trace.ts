import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a process did to its folder, in the order in which it was done. Paths are relative to the folder, which is itself a name in `..`. */
export type DiskStep =
  | { readonly kind: 'create' | 'mkdir' | 'unlink' | 'sync'; readonly path: string }
  /** A sync that was answered with an error. */
  | { readonly kind: 'sync-failed'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly length: number }
  /** The process said that this row is durable. */
  | { readonly kind: 'acknowledge'; readonly path: ''; readonly seq: number; readonly hash: string };

const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** The calls by which anything gets to a disk. */
export const CALLS = [
  'pwrite64',
  'write',
  'fsync',
  'fdatasync',
  'ftruncate',
  'rename',
  'unlink',
  'openat',
  'mkdir',
] as const;

/** Why a trace cannot be made here; null where it can. */
export function tracingProblem(): string | null {
  if (process.platform !== 'linux') return 'system calls are recorded on Linux only';
  const tried = spawnSync('strace', ['-f', '-qq', '-e', 'trace=write', '-o', '/dev/null', 'true'], {
    encoding: 'utf8',
  });
  if (tried.error !== undefined) return 'strace is not installed (Debian: strace)';
  return tried.status === 0 ? null : `strace may not follow a process here: ${tried.stderr.trim()}`;
}

/** How a process is followed: into its threads, with the path of each descriptor, everything in hex. */
export const FOLLOW: readonly string[] = ['-f', '-qq', '-y', '-xx', '-s', '1000000'];

/** Runs the writer on `record` below `work` and gives everything it did to the folder. */
export async function recordTrace(work: string, seed: number): Promise<readonly DiskStep[]> {
  const trace = join(work, 'trace');
  const folder = join(work, 'record');
  const options = [...FOLLOW, '-e', `trace=${CALLS.join(',')}`, '-o', trace];
  execFileSync('strace', [...options, process.execPath, WRITER, folder, String(seed)], { stdio: 'ignore' });
  return (await readTrace(trace, folder)).steps;
}

/** What a trace says of a folder. */
export async function readTrace(trace: string, folder: string): Promise<TraceReader> {
  const reader = new TraceReader(folder);
  for await (const line of createInterface({ input: createReadStream(trace) })) reader.line(line);
  return reader;
}

const fromHex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** Reads the text of strace: `PID call(arguments) = result`, where a call can be interrupted by those of other threads. */
export class TraceReader {
  readonly steps: DiskStep[] = [];
  /** Calls that strace answered with an error of its own. */
  injected = 0;
  readonly #counts = new Map<string, number>();
  readonly #folder: string;
  readonly #begun = new Map<string, string>();
  /** Where the next plain `write` to a descriptor goes. */
  readonly #positions = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  line(line: string): void {
    const [, pid = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const begun = /^(.*) <unfinished \.\.\.>$/.exec(rest)?.[1];
    if (begun !== undefined) {
      this.#begun.set(pid, begun);
      return;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1];
    const whole = resumed === undefined ? rest : `${this.#begun.get(pid) ?? ''}${resumed}`;
    const [, call = '', args = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+)/.exec(whole) ?? [];
    if (line.endsWith('(INJECTED)')) this.injected += 1;
    const texts = [...args.matchAll(/"((?:\\x..)*)"/g)].map(([, text = '']) => fromHex(text));
    const [, descriptor = '', of = ''] = /^(\d+)<((?:\\x..)*)>/.exec(args) ?? [];
    if (call.startsWith('write') && descriptor === '1') return this.#acknowledged(Buffer.concat(texts).toString());
    const path = this.#inside((descriptor === '' ? (texts[0] ?? '') : fromHex(of)).toString());
    if (path === null) return;
    this.#count(`${pid} ${call} ${path}`);
    if (Number(result) >= 0) this.#done(call, args, texts, { path, descriptor, result: Number(result) });
    else if (call === 'fsync' || call === 'fdatasync') this.steps.push({ kind: 'sync-failed', path });
  }

  #count(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Most calls of this name to these names that one thread made, whatever came of them. */
  mostCalls(name: string, names: ReadonlySet<string>): number {
    const byThread = new Map<string, number>();
    for (const [key, count] of this.#counts) {
      const [thread = '', call, path = ''] = key.split(' ');
      if (call === name && names.has(path)) byThread.set(thread, (byThread.get(thread) ?? 0) + count);
    }
    return Math.max(0, ...byThread.values());
  }

  #done(
    call: string,
    args: string,
    [bytes = Buffer.alloc(0), to]: readonly Buffer[],
    { path, descriptor, result }: { readonly path: string; readonly descriptor: string; readonly result: number },
  ): void {
    const number = Number(/, (\d+)$/.exec(args)?.[1]);
    switch (call) {
      case 'openat':
        return this.#opened(path, args, String(result));
      case 'pwrite64':
        return void this.steps.push({ kind: 'write', path, offset: number, bytes: bytes.subarray(0, result) });
      case 'write':
        return this.#written(path, descriptor, bytes.subarray(0, result));
      case 'ftruncate':
        return void this.steps.push({ kind: 'truncate', path, length: number });
      case 'fsync':
      case 'fdatasync':
        return void this.steps.push({ kind: 'sync', path });
      case 'mkdir':
      case 'unlink':
        return void this.steps.push({ kind: call, path });
      case 'rename':
        return void this.steps.push({ kind: 'rename', path, to: this.#inside(String(to)) ?? '' });
    }
  }

  #opened(path: string, args: string, descriptor: string): void {
    this.#positions.set(descriptor, 0);
    if (args.includes('O_CREAT')) this.steps.push({ kind: 'create', path });
    if (args.includes('O_TRUNC')) this.steps.push({ kind: 'truncate', path, length: 0 });
  }

  #written(path: string, descriptor: string, bytes: Buffer): void {
    const offset = this.#positions.get(descriptor) ?? 0;
    this.#positions.set(descriptor, offset + bytes.length);
    this.steps.push({ kind: 'write', path, offset, bytes });
  }

  #acknowledged(text: string): void {
    for (const [, seq, hash = ''] of text.matchAll(/^ack (\d+) ([0-9a-f]{64})$/gm)) {
      this.steps.push({ kind: 'acknowledge', path: '', seq: Number(seq), hash });
    }
  }

  /** Empty for the folder itself, `..` for the one above, null outside. */
  #inside(path: string): string | null {
    if (path === this.#folder) return '';
    if (path === dirname(this.#folder)) return '..';
    return path.startsWith(this.#folder + sep) ? path.slice(this.#folder.length + 1) : null;
  }
}

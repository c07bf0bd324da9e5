import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a process did to its folder, in the order in which it was done. Paths are relative to the folder, which is itself a name in `..`. */
export type DiskStep =
  | { readonly kind: 'create' | 'mkdir' | 'unlink' | 'sync'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly length: number }
  /** The process said that this row is durable. */
  | { readonly kind: 'acknowledge'; readonly path: ''; readonly seq: number; readonly hash: string };

const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url));
const CALLS = 'pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink,openat,mkdir';

/** Why a trace cannot be made here; null where it can. */
export function tracingProblem(): string | null {
  if (process.platform !== 'linux') return 'system calls are recorded on Linux only';
  const tried = spawnSync('strace', ['-f', '-qq', '-e', 'trace=write', '-o', '/dev/null', 'true'], {
    encoding: 'utf8',
  });
  if (tried.error !== undefined) return 'strace is not installed (Debian: strace)';
  return tried.status === 0 ? null : `strace may not follow a process here: ${tried.stderr.trim()}`;
}

/** Runs the writer on `record` below `work` and gives everything it did to the folder. Everything is printed in hex. */
export async function recordTrace(work: string, seed: number): Promise<readonly DiskStep[]> {
  const trace = join(work, 'trace');
  const folder = join(work, 'record');
  const options = ['-f', '-qq', '-y', '-xx', '-s', '1000000', '-e', `trace=${CALLS}`, '-o', trace];
  execFileSync('strace', [...options, process.execPath, WRITER, folder, String(seed)], { stdio: 'ignore' });
  const reader = new TraceReader(folder);
  for await (const line of createInterface({ input: createReadStream(trace) })) reader.line(line);
  return reader.steps;
}

const fromHex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** Reads the text of strace: `PID call(arguments) = result`, where a call can be interrupted by those of other threads. */
class TraceReader {
  readonly steps: DiskStep[] = [];
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
    if (Number(result) >= 0) this.#call(call, args, Number(result));
  }

  #call(call: string, args: string, result: number): void {
    const texts = [...args.matchAll(/"((?:\\x..)*)"/g)].map(([, text = '']) => fromHex(text));
    const [, descriptor = '', of = ''] = /^(\d+)<((?:\\x..)*)>/.exec(args) ?? [];
    const [bytes = Buffer.alloc(0)] = texts;
    if (call === 'write' && descriptor === '1') return this.#acknowledged(bytes.toString());
    const path = this.#inside((descriptor === '' || call === 'openat' ? bytes : fromHex(of)).toString());
    if (path === null) return;
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
        return void this.steps.push({ kind: 'rename', path, to: this.#inside(String(texts[1])) ?? '' });
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

import { join } from 'node:path';
import { type MessagePort, Worker } from 'node:worker_threads';
import { AppError, hasCode } from '../drivers/kit/app-error.ts';
import { type Backup, backUp } from './backup.ts';
import { checkOnThread } from './check-copy.ts';
import { readIfThere } from './durable-file.ts';
import type { KeySeal, Wrapping } from './key-seal.ts';
import type { CancelCall, PagesSettings, RecordCall, RecordFailure, RecordReport, WorkerSettings } from './messages.ts';
import { openSecret } from './secret.ts';
import type { AuditInput, CheckProgress, Trail, TrailOptions, VerifyScope } from './trail.ts';

const MEBIBYTE = 1024 * 1024;

export interface OpenTrailOptions extends TrailOptions {
  /** Where the worker is, for a bundle that moves it. @default db/worker.ts */
  readonly workerUrl?: URL;
  /** Folder of the numbered SQL files, with a slash at the end. @default db/schema/ */
  readonly schemaFolder?: URL;
  /** Disk space kept back for the day the disk is full; 0 keeps none. @default 16 MiB */
  readonly ballastBytes?: number;
  /** Pages of a larger file are not checked before it is opened, because that would hold up the start. @default 512 MiB */
  readonly checkedAtStartBytes?: number;
}

type CallName = Exclude<keyof Trail, 'close'>;
type Arguments<Name extends CallName> = Extract<RecordCall, { name: Name }>['args'];
type Answer<Name extends keyof Trail> = Awaited<ReturnType<Trail[Name]>>;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly onProgress: CheckProgress;
}

const ignoreProgress: CheckProgress = () => undefined;

function toError({ code, message }: RecordFailure): AppError {
  return new AppError(code, message);
}

/** The caller's end of the worker: numbers the calls, pairs the answers, and fails all that wait when it dies. */
class RecordClient implements Trail {
  readonly #worker: Worker;
  readonly #workerUrl: URL;
  readonly #schemaFolder: URL;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #gone: AppError | null = null;
  #closing: Promise<void> | null = null;

  constructor(worker: Worker, workerUrl: URL, schemaFolder: URL) {
    this.#worker = worker;
    this.#workerUrl = workerUrl;
    this.#schemaFolder = schemaFolder;
    worker.on('message', (report: RecordReport) => this.#take(report));
    worker.on('error', (error) => this.#fail(`The record stopped working: ${String(error)}. Restart Chairside.`));
    worker.on('exit', () => this.#fail('The record is closed.'));
  }

  append(...args: Arguments<'append'>): Promise<Answer<'append'>> {
    return this.#call('append', args);
  }

  openSession(...args: Arguments<'openSession'>): Promise<Answer<'openSession'>> {
    return this.#call('openSession', args);
  }

  closeSession(...args: Arguments<'closeSession'>): Promise<Answer<'closeSession'>> {
    return this.#call('closeSession', args);
  }

  putTrend(...args: Arguments<'putTrend'>): Promise<Answer<'putTrend'>> {
    return this.#call('putTrend', args);
  }

  putEngineChunk(...args: Arguments<'putEngineChunk'>): Promise<Answer<'putEngineChunk'>> {
    return this.#call('putEngineChunk', args);
  }

  putAccess(...args: Arguments<'putAccess'>): Promise<Answer<'putAccess'>> {
    return this.#call('putAccess', args);
  }

  accessChanges(): Promise<Answer<'accessChanges'>> {
    return this.#call('accessChanges', []);
  }

  holdRows(): Promise<Answer<'holdRows'>> {
    return this.#call('holdRows', []);
  }

  clockSteps(): Promise<Answer<'clockSteps'>> {
    return this.#call('clockSteps', []);
  }

  sessions(): Promise<Answer<'sessions'>> {
    return this.#call('sessions', []);
  }

  findSessions(...args: Arguments<'findSessions'>): Promise<Answer<'findSessions'>> {
    return this.#call('findSessions', args);
  }

  sessionTip(...args: Arguments<'sessionTip'>): Promise<Answer<'sessionTip'>> {
    return this.#call('sessionTip', args);
  }

  sessionRows(...args: Arguments<'sessionRows'>): Promise<Answer<'sessionRows'>> {
    return this.#call('sessionRows', args);
  }

  stationRows(...args: Arguments<'stationRows'>): Promise<Answer<'stationRows'>> {
    return this.#call('stationRows', args);
  }

  lastCheck(): Promise<Answer<'lastCheck'>> {
    return this.#call('lastCheck', []);
  }

  sessionTrends(...args: Arguments<'sessionTrends'>): Promise<Answer<'sessionTrends'>> {
    return this.#call('sessionTrends', args);
  }

  bundle(...args: Arguments<'bundle'>): Promise<Answer<'bundle'>> {
    return this.#call('bundle', args);
  }

  beginExport(
    sessionIds: readonly string[],
    event: AuditInput,
    onProgress?: CheckProgress,
    signal?: AbortSignal,
  ): Promise<Answer<'beginExport'>> {
    return this.#cancellable(signal, () => this.#call('beginExport', [sessionIds, event], onProgress));
  }

  sendBundle(...args: Arguments<'sendBundle'>): Promise<Answer<'sendBundle'>> {
    return this.#call('sendBundle', args, ignoreProgress, [args[2]]);
  }

  verify(onProgress?: CheckProgress, signal?: AbortSignal, scope: VerifyScope = 'whole'): Promise<Answer<'verify'>> {
    return this.#cancellable(signal, () => this.#call('verify', [scope], onProgress));
  }

  /** The next call can be cancelled by the signal. */
  async #cancellable<Found>(signal: AbortSignal | undefined, call: () => Promise<Found>): Promise<Found> {
    const id = this.#lastId + 1;
    const cancel = (): void => this.#post({ name: 'cancel', id } satisfies CancelCall);
    const answer = call();
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await answer;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  clockIs(...args: Arguments<'clockIs'>): Promise<Answer<'clockIs'>> {
    return this.#call('clockIs', args);
  }

  status(): Promise<Answer<'status'>> {
    return this.#call('status', []);
  }

  /** The copy is made by the thread of the record and checked by another one. The call names the file itself. */
  backup(folder: string): Promise<Backup> {
    const copy = (path: string): Promise<unknown> => this.#call('backup', [path]);
    return backUp(folder, { copy, check: (path) => checkOnThread(this.#workerUrl, this.#schemaFolder, path) });
  }

  identity(): Promise<Answer<'identity'>> {
    return this.#call('identity', []);
  }

  head(): Promise<Answer<'head'>> {
    return this.#call('head', []);
  }

  close(): Promise<void> {
    if (this.#gone !== null) return Promise.resolve();
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    try {
      await withinTime(this.#call('close', []));
    } catch (error) {
      // Nobody waits for the thread: cut off inside the system it may never leave.
      if (hasCode(error, 'RECORD_HUNG')) this.#worker.unref();
      else await left(this.#worker);
      throw error;
    }
    await left(this.#worker);
  }

  async #call<Name extends keyof Trail>(
    name: Name,
    args: Extract<RecordCall, { name: Name }>['args'],
    onProgress: CheckProgress = ignoreProgress,
    transferred: readonly MessagePort[] = [],
  ): Promise<Answer<Name>> {
    if (this.#gone !== null) throw this.#gone;
    if (this.#closing !== null) throw new AppError('RECORD_FAILED', 'The record is being closed.');
    const id = ++this.#lastId;
    const answer = await new Promise((resolve, reject) => {
      this.#post({ id, name, args }, transferred);
      this.#waiting.set(id, { resolve, reject, onProgress });
    });
    return answer as Answer<Name>;
  }

  #post(call: unknown, transferred: readonly MessagePort[] = []): void {
    try {
      this.#worker.postMessage(call, transferred);
    } catch (error) {
      throw new AppError('RECORD_FAILED', `This event cannot be recorded: ${String(error)}.`, { cause: error });
    }
  }

  #take(report: RecordReport): void {
    switch (report.kind) {
      case 'done':
        this.#settle(report.id)?.resolve(report.value);
        break;
      case 'failed':
        this.#settle(report.id)?.reject(toError(report.failure));
        break;
      case 'progress':
        this.#waiting.get(report.id)?.onProgress(report.done, report.total, report.part);
        break;
      case 'check-pages':
        this.#checkPages(report);
        break;
      case 'ready':
      case 'checked':
      case 'looked':
      case 'left-over':
      case 'left-overs-end':
      case 'restored':
      case 'unready':
        break;
    }
  }

  /** Nobody waits for it here: the thread of the record hears it out, and is told by the closed port where it ends early. */
  #checkPages({ pages, to }: PagesSettings): void {
    const settings: PagesSettings = { pages, to };
    const worker = new Worker(this.#workerUrl, { workerData: settings, transferList: [to] });
    worker.on('error', () => undefined);
    worker.unref();
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #fail(message: string): void {
    this.#gone ??= new AppError('RECORD_FAILED', message);
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }
}

function started(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', (report: RecordReport) => {
      if (report.kind === 'unready') reject(toError(report.failure));
      else resolve();
    });
    const fail = (why: unknown): void =>
      reject(new AppError('RECORD_FAILED', `The record could not be started: ${String(why)}. Restart Chairside.`));
    worker.once('error', fail);
    worker.once('exit', (code) => fail(`its thread ended with code ${code}`));
  });
}

/** Its last anchor and its last pages take a few seconds at most (ms); after that the record hangs. */
const CLOSE_WITHIN = 10_000;

async function withinTime(closed: Promise<unknown>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const say = `The record did not answer for ${CLOSE_WITHIN / 1000} s while it was closed. What it was not done with is lost.`;
  const timer = setTimeout(() => reject(new AppError('RECORD_HUNG', say)), CLOSE_WITHIN);
  try {
    await Promise.race([closed, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds a thread gets to end by itself. */
const LEAVE_WITHIN = 5_000;

/** A thread that is cut off inside SQLite can take the whole process with it, so it is let go and ended only as a last resort. */
async function left(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.once('exit', () => resolve());
  const timer = setTimeout(() => void worker.terminate(), LEAVE_WITHIN);
  await promise;
  clearTimeout(timer);
}

/** Null where there is no such file, or none that can be read. */
function bytesOf(path: string): Buffer | null {
  try {
    return readIfThere(path);
  } catch {
    return null;
  }
}

/** What lies in a folder is sealed under a key that the system's key store keeps; opened once a run, so that nothing later waits for it. */
async function wrappingIn(folder: string, name: string, seal: KeySeal): Promise<Wrapping> {
  const plain = join(folder, `${name}.bin`);
  const lying = bytesOf(plain);
  const { key, isSealed, reason } = await openSecret({ folder, name, plain }, seal);
  return { key, isSealed, reason, isExposed: lying?.equals(key) === true };
}

/**
 * Opens the record of a station, or begins one. Rejects with RECORD_LOCKED where another program has it open,
 * RECORD_DAMAGED for a file that is not ours or from a newer version, RECORD_FULL, or RECORD_FAILED.
 * A trail with a damaged end opens for reading and checking; every write is then refused with RECORD_DAMAGED.
 */
export async function openTrail({
  folder,
  station,
  appVersion,
  workerUrl = new URL('./worker.ts', import.meta.url),
  schemaFolder = new URL('./schema/', import.meta.url),
  ballastBytes = 16 * MEBIBYTE,
  checkedAtStartBytes = 512 * MEBIBYTE,
  anchorFolder = join(folder, 'anchor'),
  anchorFile = null,
  keySeal = null,
}: OpenTrailOptions): Promise<Trail> {
  const settings: WorkerSettings = {
    folder,
    station,
    appVersion,
    schemaFolder: schemaFolder.href,
    ballastBytes,
    // Two secrets, each where its files are: whoever takes the data folder away has not taken the anchor's key.
    wrapping: keySeal === null ? null : await wrappingIn(join(folder, 'keys'), 'wrapping-key', keySeal),
    anchorWrapping: keySeal === null ? null : await wrappingIn(anchorFolder, 'key', keySeal),
    anchorFolder,
    anchorFile,
    checkedAtStartBytes,
  };
  const worker = new Worker(workerUrl, { workerData: settings });
  const client = new RecordClient(worker, workerUrl, schemaFolder);
  try {
    await started(worker);
    return client;
  } catch (error) {
    await left(worker);
    throw error;
  }
}

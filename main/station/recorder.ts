import type {
  AccessChange,
  AuditInput,
  AuditReceipt,
  EngineChunk,
  SessionRecord,
  Trail,
  TrendChunk,
} from '../../db/trail.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { Clock } from '../../drivers/kit/clock.ts';
import { inTime } from './in-time.ts';

/** While the record cannot be written, a probe row is tried this often (ms). */
const PROBE_EVERY = 2000;
/** Rows kept in memory while the storage is away; what comes beyond is counted and named in the gap row. */
const KEPT_ROWS = 10_000;
/** A row that storage in good health refuses this often is itself the fault and must not hold back the others. */
const TRIES_PER_ROW = 3;
/** A write without any answer for this long hangs (ms): a stuck thread or a blocking disk gives no error. */
const HUNG_AFTER = 2_900;
/** A slow disk holds back an answer no longer than this (ms). */
const ANSWER_PATIENCE = 2000;

interface Job {
  /** Its row, for the listeners; null where the record itself composes the row. */
  readonly event: AuditInput | null;
  /** What names it, should it never get written. */
  readonly act: string;
  readonly write: (trail: Trail) => Promise<AuditReceipt>;
  /** Only for jobs that somebody waits for: these are refused at once when the record fails, and never kept. */
  readonly waiter: { resolve(receipt: AuditReceipt): void; reject(error: unknown): void } | null;
  readonly written: (receipt: AuditReceipt) => void;
  tries: number;
}

const ignore = (): void => undefined;

export interface RecorderListeners {
  written(event: AuditInput, receipt: AuditReceipt): void;
  health(healthy: boolean): void;
}

/** Rows that nobody was told are written, and that never will be. */
export interface LostRows {
  readonly rows: number;
  readonly acts: readonly string[];
}

export interface RecorderOptions {
  readonly trail: Trail;
  readonly clock: Clock;
  readonly listeners: RecorderListeners;
}

/**
 * The station's one pen. Rows are written in the order in which they were handed over; while the storage is away they
 * wait in memory and are written, after a `log.gap` row, when it returns. Nothing here is ever on the way of a
 * stop.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  #queue: Job[] = [];
  #healthy = true;
  /** The write under way hangs; when it ends, the storage is back. */
  #hung = false;
  #lost = 0;
  #gapSince = 0;
  #busy = false;
  #probe: NodeJS.Timeout | null = null;
  #idle: (() => void)[] = [];

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Hands over a row that nothing waits for; `written` hears of it when it is durable. */
  note(event: AuditInput, written: (receipt: AuditReceipt) => void = ignore): void {
    this.#keep({ event, act: event.act, write: (trail) => trail.append(event), waiter: null, written, tries: 0 });
  }

  /** Resolves when the row is durable; rejects with the trail's AppError, and then nothing was written. */
  durable(event: AuditInput): Promise<AuditReceipt> {
    return this.#await(event, (trail) => trail.append(event));
  }

  openSession(
    session: Omit<SessionRecord, 'openedAt' | 'closedAt' | 'state'>,
    event: AuditInput,
  ): Promise<AuditReceipt> {
    return this.#await(event, (trail) => trail.openSession(session, event));
  }

  putAccess(change: AccessChange, event: AuditInput): Promise<AuditReceipt> {
    return this.#await(event, (trail) => trail.putAccess(change, event));
  }

  closeSession(sessionId: string, state: 'ended' | 'interrupted', event: AuditInput): void {
    this.#keep({
      event,
      act: event.act,
      write: (trail) => trail.closeSession(sessionId, state, event),
      waiter: null,
      written: ignore,
      tries: 0,
    });
  }

  putTrend(chunk: TrendChunk): void {
    this.#keepChunk('trend.put', (trail) => trail.putTrend(chunk));
  }

  putEngineChunk(chunk: EngineChunk): void {
    this.#keepChunk('engine.put', (trail) => trail.putEngineChunk(chunk));
  }

  /** Resolves when what was handed over so far is durable, or at once while it cannot be; the alarm then says so. */
  async settled(): Promise<void> {
    if (this.#healthy) await this.flush(ANSWER_PATIENCE);
  }

  /** Resolves when nothing is left to write, or after `patience` milliseconds. */
  async flush(patience: number): Promise<void> {
    if (this.#queue.length === 0 && !this.#busy) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle.push(resolve);
    const timer = setTimeout(resolve, patience);
    await promise;
    clearTimeout(timer);
  }

  /** Ends the probing. What could not be written until now is lost with the process: says how many rows, and which acts. */
  close(): LostRows {
    if (this.#probe !== null) clearTimeout(this.#probe);
    this.#probe = null;
    return { rows: this.#queue.length + this.#lost, acts: [...new Set(this.#queue.map(({ act }) => act))] };
  }

  #await(event: AuditInput, write: Job['write']): Promise<AuditReceipt> {
    if (!this.#healthy) return Promise.reject(new AppError('RECORD_FAILED', 'The record cannot be written just now.'));
    const { promise, resolve, reject } = Promise.withResolvers<AuditReceipt>();
    this.#keep({ event, act: event.act, write, waiter: { resolve, reject }, written: ignore, tries: 0 });
    return promise;
  }

  #keepChunk(act: string, write: Job['write']): void {
    this.#keep({ event: null, act, write, waiter: null, written: ignore, tries: 0 });
  }

  #keep(job: Job): void {
    if (this.#queue.length >= KEPT_ROWS) this.#lose(job);
    else this.#queue.push(job);
    void this.#drain();
  }

  #lose(job: Job): void {
    this.#lost += 1;
    job.waiter?.reject(new AppError('RECORD_FULL', 'Too many rows wait for the record.'));
  }

  /** One write at a time, so that the order in the record is the order of events. Never rejects. */
  async #drain(): Promise<void> {
    if (this.#busy || !this.#healthy) return;
    this.#busy = true;
    for (let job = this.#queue[0]; job !== undefined && this.#healthy; job = this.#queue[0]) {
      await this.#write(job);
    }
    this.#busy = false;
    if (this.#queue.length === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #write(job: Job): Promise<void> {
    let receipt: AuditReceipt;
    const patience = inTime(HUNG_AFTER, () => this.#hang());
    try {
      receipt = await job.write(this.#options.trail).finally(patience.end);
    } catch (error) {
      job.tries += 1;
      if (job.tries >= TRIES_PER_ROW) this.#replace(job, error);
      return this.#failed(error);
    }
    this.#queue.shift();
    this.#tell(job.event, receipt);
    job.written(receipt);
    job.waiter?.resolve(receipt);
    if (this.#hung) this.#isBack();
  }

  /** No error came and none may ever come: nothing may start, and who waits behind this write is told so now. */
  #hang(): void {
    this.#hung = true;
    const [first, ...others] = this.#queue;
    // The one under way may still be written: nobody may be told that it was not.
    this.#queue = others;
    this.#unwell(new AppError('RECORD_FAILED', 'The record does not answer.'));
    if (first !== undefined) this.#queue.unshift(first);
  }

  #isBack(): void {
    const event = this.#gapRow();
    this.#hung = false;
    this.#healthy = true;
    this.#options.listeners.health(true);
    const write: Job['write'] = (trail) => trail.append(event);
    this.#queue.unshift({ event, act: event.act, write, waiter: null, written: ignore, tries: 0 });
  }

  /** The row itself cannot be written: a row that says so takes its place, so that nothing vanishes in silence. */
  #replace(job: Job, error: unknown): void {
    const event: AuditInput = {
      act: 'log.rejected',
      mono: this.#options.clock.now(),
      chair: job.event?.chair ?? null,
      session: null,
      patient: null,
      actor: null,
      outcome: 'failed',
      new: { act: job.act },
      reason: String(error),
    };
    const write: Job['write'] = (trail) => trail.append(event);
    this.#queue[0] = { event, act: event.act, write, waiter: null, written: ignore, tries: 0 };
  }

  #failed(error: unknown): void {
    this.#hung = false;
    this.#unwell(error);
    this.#probeLater();
  }

  #unwell(error: unknown): void {
    if (this.#healthy) this.#gapSince = this.#options.clock.now();
    this.#healthy = false;
    // Health first: the engines must know before those who wait are told (rule 2).
    this.#options.listeners.health(false);
    const waiting = this.#queue.filter((job) => job.waiter !== null);
    this.#queue = this.#queue.filter((job) => job.waiter === null);
    for (const job of waiting) job.waiter?.reject(error);
  }

  #probeLater(): void {
    this.#probe = setTimeout(() => void this.#tryGapRow(), PROBE_EVERY);
  }

  async #tryGapRow(): Promise<void> {
    const event = this.#gapRow();
    const lost = this.#lost;
    try {
      const receipt = await this.#options.trail.append(event);
      this.#lost -= lost;
      this.#tell(event, receipt);
    } catch {
      // Still away: the alarm stands since the first failure and the next probe follows.
      this.#probeLater();
      return;
    }
    this.#healthy = true;
    this.#probe = null;
    this.#options.listeners.health(true);
    await this.#drain();
  }

  #gapRow(): AuditInput {
    const now = this.#options.clock.now();
    return {
      act: 'log.gap',
      mono: now,
      chair: null,
      session: null,
      patient: null,
      actor: null,
      outcome: 'failed',
      new: { delayedRows: this.#queue.length, lostRows: this.#lost, milliseconds: now - this.#gapSince },
    };
  }

  #tell(event: AuditInput | null, receipt: AuditReceipt): void {
    if (event !== null) this.#options.listeners.written(event, receipt);
  }
}

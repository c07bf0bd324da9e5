import { mkdir } from 'node:fs/promises';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { AuditInput, BegunExport, Trail } from '../../../db/trail.ts';
import type { ExportOutcome, WrittenExport } from '../write/export-writer.ts';
import { removeDraft } from '../write/publish.ts';
import type { ExportOrder, FromExportThread, ToExportThread } from './messages.ts';

/** Where a packaged program keeps what an export needs; null members take what lies in the sources. */
export interface ExportParts {
  readonly workerUrl: URL | null;
  readonly fontFolder: string | null;
}

export interface ExportRun {
  readonly order: ExportOrder;
  /** Ids, in the order in which they are exported. */
  readonly sessions: readonly string[];
  readonly trail: Pick<Trail, 'beginExport' | 'sendBundle'>;
  /** The row `export.begun`; the record adds which rows of the sessions will be in it. */
  readonly begin: AuditInput;
  /** Writes down that the export is complete; only when that is durable does it get its name. */
  readonly record: (written: WrittenExport) => Promise<unknown>;
  readonly workerUrl: URL | null;
  /** Rows of the record that were checked, before the first session. */
  readonly onChecked?: (rows: number, of: number) => void;
  /** Called after each session. */
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes one export in a thread of its own. Rejects with the trail's AppError, with what the file system says, or with
 * the signal's reason; nothing is left behind then.
 */
export async function runExport({
  order,
  sessions,
  trail,
  begin,
  record,
  workerUrl,
  onChecked,
  onProgress,
  signal,
}: ExportRun): Promise<ExportOutcome> {
  await mkdir(order.plan.target, { recursive: true, mode: 0o700 });
  const thread = new ExportThread(order, workerUrl, signal);
  try {
    const { seq, problem } = await thread.unlessGone(trail.beginExport(sessions, begin, onChecked, signal));
    for (const [index, id] of sessions.entries()) {
      signal.throwIfAborted();
      const { port1: to, port2: from } = new MessageChannel();
      await Promise.all([thread.ask({ kind: 'add', from }, [from]), trail.sendBundle(id, seq, to)]);
      onProgress(index + 1);
    }
    const answer = await thread.ask({ kind: 'finish' });
    if (answer.kind !== 'written') throw new TypeError('The export ended without a result.');
    signal.throwIfAborted();
    await recorded(record, answer.written, problem);
    signal.throwIfAborted();
    const published = await thread.ask({ kind: 'publish' });
    if (published.kind !== 'published') throw new TypeError('The export was written, and did not get its name.');
    return { ...answer.written, ...published.named };
  } catch (error) {
    await thread.end();
    await removeDraft(order.plan.draft);
    throw error;
  } finally {
    await thread.end();
  }
}

/**
 * A record that takes no row any more cannot tell of it: what is left of it is handed out all the same, never as whole.
 * @param problem why it takes none; null while it does
 */
async function recorded(
  record: ExportRun['record'],
  written: WrittenExport,
  problem: BegunExport['problem'],
): Promise<void> {
  try {
    await record(written);
  } catch (error) {
    if (problem === null || written.verified) throw error;
  }
}

/** The other end of the thread: one question at a time. */
class ExportThread {
  readonly #worker: Worker;
  readonly #gone: Promise<never>;
  readonly #aborted: Promise<never>;
  #answered: (answer: FromExportThread) => void = () => undefined;

  constructor(order: ExportOrder, workerUrl: URL | null, signal: AbortSignal) {
    this.#worker = new Worker(workerUrl ?? new URL('./export-worker.ts', import.meta.url), { workerData: order });
    this.#worker.on('message', (answer: FromExportThread) => this.#answered(answer));
    this.#gone = new Promise((_, reject) => {
      this.#worker.once('error', reject);
      this.#worker.once('exit', () => reject(new Error('The export stopped working. Try again.')));
    });
    this.#aborted = new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    // Who asks nothing at that moment still learns of it with the next question.
    for (const end of [this.#gone, this.#aborted]) end.catch(() => undefined);
  }

  /**
   * Rejects with what the thread says went wrong, when it is gone, or when the export is cancelled; not while it gets its
   * name, or it would be called cancelled and lie there.
   */
  async ask(message: ToExportThread, transferred: readonly MessagePort[] = []): Promise<FromExportThread> {
    const answered = new Promise<FromExportThread>((resolve) => {
      this.#answered = resolve;
    });
    this.#worker.postMessage(message, transferred);
    const answer = await (message.kind === 'publish'
      ? Promise.race([answered, this.#gone])
      : this.unlessGone(answered));
    if (answer.kind === 'failed') throw new Error(answer.message);
    return answer;
  }

  /** What somebody else does for this export; rejects also when the thread is gone or the export is cancelled. */
  unlessGone<Found>(work: Promise<Found>): Promise<Found> {
    return Promise.race([work, this.#gone, this.#aborted]);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

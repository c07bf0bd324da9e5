import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { AppError } from '../drivers/kit/app-error.ts';
import type { PagesReport, StepProgress } from './messages.ts';
import { pageDamageInSteps } from './pages.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import type { DamageReport } from './trail.ts';

/**
 * The end of whoever waits for a check on another thread. Closing the channel is what cancels: that thread is inside SQLite and ends after
 * its step, and nobody waits for it.
 * @param begin has a thread begun that reports to the port
 */
export async function checkedElsewhere(
  begin: (to: MessagePort) => void,
  onProgress: StepProgress,
  signal: AbortSignal,
): Promise<DamageReport | null> {
  const { port1: from, port2: to } = new MessageChannel();
  const { promise, resolve, reject } = Promise.withResolvers<DamageReport | null>();
  const fail = (why: string): void => reject(new AppError('RECORD_FAILED', why));
  const cancel = (): void => fail('The check was cancelled.');
  const take = (report: PagesReport): void => {
    if (report.kind === 'progress') onProgress(report.done, report.total);
    if (report.kind === 'checked') resolve(report.found);
    if (report.kind === 'failed') fail(report.failure.message);
  };
  from.on('message', (report: PagesReport) => {
    try {
      take(report);
    } catch (error) {
      // Thrown here it would end the thread of the record.
      reject(error);
    }
  });
  from.once('close', () => fail('The thread that checked them ended.'));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    // A signal that was given before says nothing more.
    if (signal.aborted) cancel();
    else begin(to);
    return await promise;
  } finally {
    signal.removeEventListener('abort', cancel);
    from.close();
  }
}

/** The end of the thread that checks. Never rejects: what went wrong is told. */
export async function reportPages(open: () => SqlDatabase, to: MessagePort): Promise<void> {
  let isCancelled = false;
  to.once('close', () => {
    isCancelled = true;
  });
  const tell = (report: PagesReport): void => to.postMessage(report);
  try {
    const db = open();
    try {
      // One file without a log beside it, as every copy that is checked.
      db.pragma('journal_mode = delete', { simple: true });
      const progress: StepProgress = (done, total) => tell({ kind: 'progress', done, total });
      tell({ kind: 'checked', found: await pageDamageInSteps(db, progress, () => isCancelled) });
    } finally {
      db.close();
    }
  } catch (error) {
    const { code, message } = toRecordError(error);
    tell({ kind: 'failed', failure: { code, message } });
  } finally {
    to.close();
  }
}

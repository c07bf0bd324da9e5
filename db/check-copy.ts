import { Worker } from 'node:worker_threads';
import { AppError } from '../drivers/kit/app-error.ts';
import type { CopySettings, RecordReport } from './messages.ts';
import type { SchemaCheck } from './schema-check.ts';
import type { SqlDatabase } from './sql.ts';
import type { Verification } from './trail.ts';
import { verifyRecord } from './verify-record.ts';

/** On the thread that opened the copy: every page by SQLite, then how the file is made and every row by us. */
export async function checkCopy(db: SqlDatabase, schema: SchemaCheck): Promise<Verification> {
  // One file without a log beside it: that is what somebody will carry away and put back.
  db.pragma('journal_mode = delete', { simple: true });
  const pages = db.pragma('integrity_check', { simple: true });
  if (pages !== 'ok') throw new AppError('RECORD_DAMAGED', `The copy of the record is damaged: ${String(pages)}`);
  const made = schema.damage(db);
  if (made !== null) throw new AppError('RECORD_DAMAGED', `The copy of the record is damaged: ${made.detail}.`);
  return verifyRecord(db, { remember: false });
}

/** Checks a copy on a thread of its own, so that no row of the station waits for it. Rejects with RECORD_*. */
export function checkOnThread(workerUrl: URL, schemaFolder: URL, copy: string): Promise<Verification> {
  const settings: CopySettings = { copy, schemaFolder: schemaFolder.href };
  const worker = new Worker(workerUrl, { workerData: settings });
  const { promise, resolve, reject } = Promise.withResolvers<Verification>();
  const fail = (why: unknown): void =>
    reject(new AppError('RECORD_FAILED', `The copy was not checked: ${String(why)}.`));
  worker.on('message', (report: RecordReport) => {
    if (report.kind === 'checked') resolve(report.found);
    if (report.kind === 'unready') reject(new AppError(report.failure.code, report.failure.message));
  });
  worker.once('error', fail);
  worker.once('exit', (code) => fail(`its thread ended with code ${code}`));
  return promise;
}

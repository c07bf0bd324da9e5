import { Worker } from 'node:worker_threads';
import { AppError } from '../drivers/kit/app-error.ts';
import { readBundle } from './bundle.ts';
import { ExportPoint } from './export-point.ts';
import { readKeyChain } from './log-readers.ts';
import type { LeftOverSettings, RecordReport } from './messages.ts';
import { pageDamage } from './pages.ts';
import type { SchemaCheck } from './schema-check.ts';
import { Sessions } from './sessions.ts';
import type { SqlDatabase } from './sql.ts';
import { orIfUnreadable } from './sql-errors.ts';
import type { SessionBundle } from './trail.ts';
import { verifyRecord } from './verify-record.ts';

/** What is left of one session in a damaged record. */
export interface LeftOver {
  readonly bundle: SessionBundle;
  /** Of the newest root key that can still be read. */
  readonly rootFingerprint: string;
}

/** On the thread that opened the file for reading, session by session. Throws RECORD_FAILED for a record that is whole. */
export async function* leftOvers(
  db: SqlDatabase,
  wanted: readonly string[],
  schema: SchemaCheck,
): AsyncGenerator<LeftOver> {
  const found = await verifyRecord(db, { remember: false });
  const verification = { ...found, damage: found.damage ?? pageDamage(db) ?? schema.damage(db) };
  if (verification.damage === null) {
    throw new AppError('RECORD_FAILED', 'This record is whole. Export its sessions at the station.');
  }
  const point = ExportPoint.unstated(db);
  const keys = orIfUnreadable(() => readKeyChain(db), null);
  const rootFingerprint = keys?.rootFingerprint ?? 'unknown: no row that names it can be read';
  const ids = wanted.length > 0 ? wanted : new Sessions(db).all().map(({ id }) => id);
  for (const id of ids) {
    yield { bundle: { ...(await readBundle(db, id, point, true)), verification }, rootFingerprint };
  }
}

/**
 * What is left of the sessions of a record that nobody can sign in at any more, since people are believed from a whole record only.
 * Writes nothing to it. Rejects with RECORD_*; sessions that were given by then were read.
 * @param take is given one session after the other
 */
export async function readLeftOvers(
  settings: LeftOverSettings,
  take: (found: LeftOver) => Promise<void>,
): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...settings, schemaFolder: new URL('./schema/', import.meta.url).href },
  });
  const { promise, resolve, reject } = Promise.withResolvers<null>();
  let taken: Promise<void> = Promise.resolve();
  worker.on('message', (report: RecordReport) => {
    if (report.kind === 'left-over') taken = taken.then(() => take(report.found));
    if (report.kind === 'left-overs-end') resolve(null);
    if (report.kind === 'unready') reject(new AppError(report.failure.code, report.failure.message));
  });
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new AppError('RECORD_FAILED', `The record was not read: code ${code}.`)));
  try {
    await promise;
  } finally {
    await taken;
  }
}

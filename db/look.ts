import { Worker } from 'node:worker_threads';
import { AppError } from '../drivers/kit/app-error.ts';
import { sealedAnchor } from './anchor-places.ts';
import type { NamedAnchors } from './anchors.ts';
import { checkExport, type ExportClaim, type ExportFinding } from './export-check.ts';
import { readKeyChain } from './log-readers.ts';
import type { LookSettings, RecordReport } from './messages.ts';
import { pageDamage } from './pages.ts';
import type { SchemaCheck } from './schema-check.ts';
import type { SqlDatabase } from './sql.ts';
import type { Verification } from './trail.ts';
import type { Segment } from './verify-keys.ts';
import { verifyRecord } from './verify-record.ts';

/** What somebody finds who has the record's files and not its station. */
export interface RecordLook {
  readonly verification: Verification;
  /** Oldest first; empty where the first row names no key. */
  readonly segments: readonly Segment[];
  /** Null where no export was brought along. */
  readonly exported: ExportFinding | null;
  /** Whether a station had the record open, so that a copy of that moment was looked at. */
  readonly isSnapshot: boolean;
}

type Progress = (rowsDone: number, rowsTotal: number) => void;

/** Read before the file is opened: a running station anchors more rows at any moment. */
export async function anchorsBeside({ anchorFolder, brought }: LookSettings): Promise<readonly NamedAnchors[]> {
  // Without the key store a sealed anchor cannot be opened: it is then counted as unreadable, and proves nothing.
  const place = sealedAnchor(anchorFolder, null);
  return [{ place: { name: place.name }, ...(await place.read()) }, ...brought];
}

/** On the thread that opened the file for reading: everything from the first row, against every anchor there is. */
export async function look(
  db: SqlDatabase,
  held: readonly NamedAnchors[],
  claim: ExportClaim | null,
  schema: SchemaCheck,
  onProgress: Progress,
): Promise<Omit<RecordLook, 'isSnapshot'>> {
  const found = await verifyRecord(db, { held, onProgress, remember: false });
  const verification = { ...found, damage: found.damage ?? pageDamage(db) ?? schema.damage(db) };
  const exported = claim === null ? null : await checkExport(db, claim);
  return { verification, segments: readKeyChain(db)?.segments ?? [], exported };
}

/**
 * Looks at a record and writes nothing; SQLite's index of the log may stay beside it. While a station has it open a copy of that moment is
 * looked at. A station that starts meanwhile is not kept waiting: the look then ends with RECORD_LOCKED. Rejects with RECORD_*.
 */
export function lookAtRecord(settings: LookSettings, onProgress: Progress): Promise<RecordLook> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...settings, schemaFolder: new URL('./schema/', import.meta.url).href },
  });
  const { promise, resolve, reject } = Promise.withResolvers<RecordLook>();
  const fail = (why: unknown): void =>
    reject(new AppError('RECORD_FAILED', `The record was not checked: ${String(why)}.`));
  worker.on('message', (report: RecordReport) => {
    if (report.kind === 'progress') onProgress(report.done, report.total);
    if (report.kind === 'looked') resolve(report.found);
    if (report.kind === 'unready') reject(new AppError(report.failure.code, report.failure.message));
  });
  worker.once('error', fail);
  worker.once('exit', (code) => fail(`its thread ended with code ${code}`));
  return promise;
}

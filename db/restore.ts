import { constants } from 'node:fs';
import { chmod, copyFile, open, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../drivers/kit/app-error.ts';
import { sealedAnchor } from './anchor-places.ts';
import type { NamedAnchors } from './anchors.ts';
import type { RecordReport, RestoreSettings } from './messages.ts';
import type { RestoreFacts } from './restored.ts';

export interface RestoreOptions {
  /** The copy; it stays where it is. */
  readonly copy: string;
  /** Data folder of a station that is closed. */
  readonly folder: string;
  /** What a person brought from another medium; null: nothing. */
  readonly brought: NamedAnchors | null;
  readonly onProgress: (rowsDone: number, rowsTotal: number) => void;
}

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() === true;
const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() === true;

async function requirePlaces({ copy, folder }: RestoreOptions): Promise<void> {
  const say = (why: string): never => {
    throw new AppError('RECORD_FAILED', why);
  };
  if (!(await isFile(copy))) say(`There is no file ${copy}.`);
  if (!(await isFolder(folder)))
    say(`There is no folder ${folder}. Name the data folder of the station, or make it first.`);
  if (await isFile(`${copy}-wal`))
    say(`${copy} is a record in use, not a copy: its newest rows stand in a file beside it.`);
}

/** The copy of the copy that is checked is the one that is put in place. */
async function draftOf(copy: string, draft: string): Promise<void> {
  await copyFile(copy, draft, constants.COPYFILE_EXCL);
  await chmod(draft, 0o600);
  const file = await open(draft, 'r+');
  await file.sync();
  await file.close();
}

/**
 * Puts a copy of the record in the place of a lost or damaged one. Rejects with RECORD_DAMAGED for a copy that is not
 * whole or is of another record, RECORD_LOCKED while a station has the record open, or RECORD_*; then nothing changed.
 */
export async function restoreRecord(options: RestoreOptions): Promise<RestoreFacts> {
  await requirePlaces(options);
  const { copy, folder, brought, onProgress } = options;
  const at = new Date().toISOString();
  const draft = join(folder, `record-restored-${at.replaceAll(':', '')}.db`);
  const place = sealedAnchor(join(folder, 'anchor'), null);
  const beside = { place: { name: place.name }, ...(await place.read()) };
  try {
    await draftOf(copy, draft);
    const anchors = brought === null ? [beside] : [beside, brought];
    const schemaFolder = new URL('./schema/', import.meta.url).href;
    return await onThread({ restore: { draft, folder, schemaFolder, anchors, at, copy: basename(copy) } }, onProgress);
  } finally {
    for (const left of [draft, `${draft}-wal`, `${draft}-shm`, `${draft}-journal`]) await rm(left, { force: true });
  }
}

function onThread(settings: RestoreSettings, onProgress: RestoreOptions['onProgress']): Promise<RestoreFacts> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: settings });
  const { promise, resolve, reject } = Promise.withResolvers<RestoreFacts>();
  const fail = (why: unknown): void =>
    reject(new AppError('RECORD_FAILED', `Nothing was put in place: ${String(why)}.`));
  worker.on('message', (report: RecordReport) => {
    if (report.kind === 'progress') onProgress(report.done, report.total);
    if (report.kind === 'restored') resolve(report.facts);
    if (report.kind === 'unready') reject(new AppError(report.failure.code, report.failure.message));
  });
  worker.once('error', fail);
  worker.once('exit', (code) => fail(`its thread ended with code ${code}`));
  return promise;
}

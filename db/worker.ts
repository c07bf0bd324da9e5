import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { AppError } from '../drivers/kit/app-error.ts';
import { Ballast } from './ballast.ts';
import { prepareConnection } from './connection.ts';
import { fileKeyStore } from './keys.ts';
import type { RecordCall, RecordFailure, RecordReport, WorkerSettings } from './messages.ts';
import { migrate } from './migrate.ts';
import { RecordDesk } from './record-desk.ts';
import { toRecordError } from './sql-errors.ts';

// The thread that owns the record. It opens the file, then answers calls one after the other.

/** A second opener is told so at once rather than after the five seconds that are usual. */
const BUSY_MS = 200;

const port = parentPort;
if (port === null) throw new AppError('RECORD_FAILED', 'db/worker.ts runs as a worker thread only.');

function say(report: RecordReport): void {
  port?.postMessage(report);
}

function toFailure(error: unknown): RecordFailure {
  const { code, message } = toRecordError(error);
  return { code, message };
}

function openDatabase(folder: string, schemaFolder: URL): Database.Database {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'record.db');
  // The file holds names: made here for its owner alone, because SQLite would make it readable to all.
  closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path, { timeout: BUSY_MS });
  try {
    prepareConnection(db);
    migrate(db, schemaFolder);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function openDesk({ folder, station, appVersion, schemaFolder, ballastBytes }: WorkerSettings): RecordDesk {
  const db = openDatabase(folder, new URL(schemaFolder));
  const ballast = new Ballast(join(folder, 'reserve.bin'));
  const run = { station, app: appVersion, boot: randomUUID() };
  const desk = new RecordDesk({ db, run, ballast, keyStore: fileKeyStore(join(folder, 'keys')) });
  try {
    ballast.hold(ballastBytes);
  } catch (error) {
    // A record without a reserve is better than none; that it has none becomes a row.
    desk.noteProblem(error);
  }
  return desk;
}

async function answer(desk: RecordDesk, call: RecordCall): Promise<void> {
  try {
    const value = await desk.serve(call, (done, total) => say({ kind: 'progress', id: call.id, done, total }));
    say({ kind: 'done', id: call.id, value });
  } catch (error) {
    say({ kind: 'failed', id: call.id, failure: toFailure(error) });
  }
  // Without the port nothing holds the thread, and it ends by itself.
  if (call.name === 'close') port?.close();
  else desk.tidy();
}

try {
  const desk = openDesk(workerData as WorkerSettings);
  desk.tidy();
  port.on('message', (call: RecordCall) => void answer(desk, call));
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unready', failure: toFailure(error) });
}

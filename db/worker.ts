import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { AppError } from '../drivers/kit/app-error.ts';
import { appendedAnchors, sealedAnchor } from './anchor-places.ts';
import { Ballast } from './ballast.ts';
import type { RunFacts } from './body.ts';
import { checkedEnd } from './copy-check.ts';
import { checkCopy } from './check-copy.ts';
import { leftOvers } from './left-over.ts';
import { anchorsBeside, look } from './look.ts';
import { prepareConnection } from './connection.ts';
import { makeFolder, syncFolder, syncName } from './durable-file.ts';
import type { Wrapping } from './key-seal.ts';
import { withoutForeignKey } from './exposed-key.ts';
import { fileKeyStore, sealedKeyStore } from './keys.ts';
import type {
  CancelCall,
  CopySettings,
  RecordCall,
  RecordFailure,
  RecordReport,
  WorkerSettings,
  LeftOverSettings,
  LookSettings,
  OwnSchema,
  PagesSettings,
  RestoreSettings,
  StepProgress,
} from './messages.ts';
import { migrate } from './migrate.ts';
import { PageCheck } from './page-check.ts';
import { copyPages } from './page-copy.ts';
import { pageDamage } from './pages.ts';
import { checkedElsewhere, reportPages } from './page-thread.ts';
import { putInPlace } from './put-in-place.ts';
import { snapshotOf } from './record-snapshot.ts';
import { factsOf, markRestored } from './restored.ts';
import type { KeyProblem } from './record-store.ts';
import { roomIn } from './room.ts';
import { RecordDesk } from './record-desk.ts';
import { SchemaCheck } from './schema-check.ts';
import { toRecordError } from './sql-errors.ts';

// The thread that owns the record. It opens the file, then answers calls one after the other.

/** A second opener is told so at once rather than after the five seconds that are usual. */
const BUSY_MS = 200;

/** Upkeep without a call to follow (ms): the oldest row without an anchor stays well under a minute and a half. */
const TIDY_EVERY = 5_000;
const DAY = 86_400_000;
/** The whole check leaves the first minute of a start to what people wait for (ms). */
const WHOLE_CHECK_AFTER = 60_000;
/** Stands for the id of a call where there is only one. */
const LOOK = 0;

const port = parentPort;
if (port === null) throw new AppError('RECORD_FAILED', 'db/worker.ts runs as a worker thread only.');

function say(report: RecordReport, transferred: readonly MessagePort[] = []): void {
  port?.postMessage(report, transferred);
}

function toFailure(error: unknown): RecordFailure {
  const { code, message } = toRecordError(error);
  return { code, message };
}

function openDatabase(folder: string, schemaFolder: URL): Database.Database {
  makeFolder(folder);
  // Also where it is there: an error may have kept its name from the disk when it was made.
  syncName(folder);
  const path = join(folder, 'record.db');
  // The file holds names: made here for its owner alone, because SQLite would make it readable to all.
  closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path, { timeout: BUSY_MS });
  try {
    prepareConnection(db);
    migrate(db, schemaFolder);
    // SQLite syncs the name of its log too, but goes on where that fails: a power cut would take the log with every row in it.
    syncFolder(folder);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

async function openDesk(settings: WorkerSettings): Promise<RecordDesk> {
  const {
    folder,
    station,
    appVersion,
    schemaFolder,
    ballastBytes,
    wrapping,
    anchorWrapping,
    anchorFolder,
    anchorFile,
    checkedAtStartBytes,
  } = settings;
  const db = openDatabase(folder, new URL(schemaFolder));
  const ballast = new Ballast(join(folder, 'reserve.bin'));
  const run: RunFacts = { station, app: appVersion, boot: randomUUID() };
  const keys = join(folder, 'keys');
  const files = wrapping === null ? fileKeyStore(keys) : sealedKeyStore(keys, wrapping);
  const own = sealedAnchor(anchorFolder, anchorWrapping, wrapping);
  const keyStore = await withoutForeignKey(db, files, own);
  const places = [own, ...(anchorFile === null ? [] : [appendedAnchors(anchorFile)])];
  const copyTo = (path: string, onProgress: StepProgress = () => undefined): Promise<object> =>
    copyPages(db, path, onProgress);
  const room = (): number => roomIn(folder);
  const isSmall = statSync(join(folder, 'record.db')).size <= checkedAtStartBytes;
  const pages = new PageCheck({
    db,
    folder,
    found: isSmall ? pageDamage(db) : null,
    room,
    copyTo,
    check: (copy, onProgress, signal) =>
      checkedElsewhere((to) => say({ kind: 'check-pages', pages: copy, to }, [to]), onProgress, signal),
  });
  await pages.removeLeft();
  const schema = schemaCheckOf(schemaFolder);
  const keyProblems = [...problemOf('record', wrapping), ...problemOf('anchor', anchorWrapping)];
  const desk = new RecordDesk({
    db,
    run,
    ballast,
    keyStore,
    keyProblems,
    places,
    copyTo,
    pages,
    schemaDamage: () => schema.damage(db),
    room,
  });
  try {
    ballast.hold(ballastBytes);
  } catch (error) {
    // A record without a reserve is better than none; that it has none becomes a row.
    desk.noteProblem(error);
  }
  return desk;
}

function schemaCheckOf(schemaFolder: string): SchemaCheck {
  return new SchemaCheck(() => new Database(':memory:'), new URL(schemaFolder));
}

function problemOf(of: KeyProblem['of'], wrapping: Wrapping | null): KeyProblem[] {
  return wrapping === null || wrapping.reason === null ? [] : [{ of, reason: wrapping.reason }];
}

async function answer(desk: RecordDesk, call: RecordCall): Promise<void> {
  try {
    const value = await desk.serve(call, (done, total, part) =>
      say({ kind: 'progress', id: call.id, done, total, part }),
    );
    say({ kind: 'done', id: call.id, value });
  } catch (error) {
    say({ kind: 'failed', id: call.id, failure: toFailure(error) });
  }
  // Without the port nothing holds the thread, and it ends by itself.
  if (call.name === 'close') port?.close();
  else desk.tidy();
}

/** Checks a copy instead of serving a record. */
async function serveCopy({ copy, schemaFolder }: CopySettings): Promise<void> {
  const db = new Database(copy, { fileMustExist: true });
  try {
    say({ kind: 'checked', found: await checkCopy(db, schemaCheckOf(schemaFolder)) });
  } finally {
    db.close();
  }
}

/** Checks the pages of a copy instead of serving a record. */
function servePages({ pages, to }: PagesSettings): Promise<void> {
  return reportPages(() => new Database(pages, { fileMustExist: true }), to);
}

/** Looks at a record where it lies, instead of serving it. */
async function serveLook(settings: LookSettings & OwnSchema): Promise<void> {
  const held = await anchorsBeside(settings);
  using record = readable(settings.look);
  const progress = (done: number, total: number): void =>
    say({ kind: 'progress', id: LOOK, done, total, part: 'rows' });
  const found = await look(record.db, held, settings.claim, schemaCheckOf(settings.schemaFolder), progress);
  say({ kind: 'looked', found: { ...found, isSnapshot: record.isSnapshot } });
}

/** Reads what is left of a damaged record, instead of serving it. */
async function serveLeftOvers({ leftOver, sessions, schemaFolder }: LeftOverSettings & OwnSchema): Promise<void> {
  using record = readable(leftOver);
  const schema = schemaCheckOf(schemaFolder);
  for await (const found of leftOvers(record.db, sessions, schema)) say({ kind: 'left-over', found });
  say({ kind: 'left-overs-end' });
}

interface ReadableRecord extends Disposable {
  readonly db: Database.Database;
  /** A station has the record for itself, so this is a copy of the moment. */
  readonly isSnapshot: boolean;
}

function readable(path: string): ReadableRecord {
  const own = openToRead(path);
  const snapshot = own === null ? snapshotOf(path) : null;
  const db = own ?? new Database(snapshot?.path, { readonly: true, fileMustExist: true });
  const close = (): void => {
    db.close();
    snapshot?.[Symbol.dispose]();
  };
  return { db, isSnapshot: own === null, [Symbol.dispose]: close };
}

/** Null while a station has it for itself. */
function openToRead(path: string): Database.Database | null {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    if (toRecordError(error).code === 'RECORD_LOCKED') return null;
    throw error;
  }
}

/** Null where there is none, or none that can be read. While it is open no station can take it. Throws RECORD_LOCKED. */
function heldOpen(path: string): Database.Database | null {
  if (!existsSync(path)) return null;
  const db = new Database(path, { readonly: true, timeout: BUSY_MS });
  try {
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    const failure = toRecordError(error);
    if (failure.code === 'RECORD_LOCKED') throw failure;
    return null;
  }
}

function place(folder: string, draft: string, movedTo: string | null): void {
  try {
    putInPlace(folder, draft, movedTo);
  } catch (error) {
    const say = 'The copy could not be put in place. What was moved by then lies in';
    throw new AppError(
      'RECORD_FAILED',
      `${say} ${movedTo ?? folder}; run this again. (${toRecordError(error).message})`,
    );
  }
}

/** Puts a copy in the place of a record, instead of serving one. */
async function serveRestore({ restore }: RestoreSettings): Promise<void> {
  const { draft, schemaFolder } = restore;
  const replaced = heldOpen(join(restore.folder, 'record.db'));
  try {
    const copy = new Database(draft, { fileMustExist: true });
    try {
      const end = await checkedEnd(copy, restore.anchors, schemaCheckOf(schemaFolder), (done, total) =>
        say({ kind: 'progress', id: LOOK, done, total, part: 'rows' }),
      );
      const facts = factsOf(end, replaced, restore);
      prepareConnection(copy);
      migrate(copy, new URL(schemaFolder));
      markRestored(copy, facts);
      copy.close();
      // Windows moves no file that somebody has open.
      if (process.platform === 'win32') replaced?.close();
      place(restore.folder, draft, facts.movedTo);
      say({ kind: 'restored', facts });
    } finally {
      copy.close();
    }
  } finally {
    replaced?.close();
  }
}

async function serveRecord(settings: WorkerSettings): Promise<void> {
  const desk = await openDesk(settings);
  desk.tidy();
  desk.begin();
  setInterval(() => desk.tidy(), TIDY_EVERY).unref();
  setTimeout(() => void desk.checkWhole(), WHOLE_CHECK_AFTER).unref();
  setInterval(() => void desk.checkWhole(), DAY).unref();
  port?.on('message', (call: RecordCall | CancelCall) =>
    call.name === 'cancel' ? desk.cancel(call.id) : void answer(desk, call),
  );
  say({ kind: 'ready' });
}

try {
  const settings = workerData as
    | WorkerSettings
    | CopySettings
    | PagesSettings
    | (LookSettings & OwnSchema)
    | (LeftOverSettings & OwnSchema)
    | RestoreSettings;
  if ('copy' in settings) await serveCopy(settings);
  else if ('pages' in settings) await servePages(settings);
  else if ('look' in settings) await serveLook(settings);
  else if ('leftOver' in settings) await serveLeftOvers(settings);
  else if ('restore' in settings) await serveRestore(settings);
  else await serveRecord(settings);
} catch (error) {
  say({ kind: 'unready', failure: toFailure(error) });
}

import { AppError } from '../drivers/kit/app-error.ts';
import type { SqlDatabase } from './sql.ts';

/** `CSAT` in the file header: tells a Chairside record from any other SQLite file. */
export const APPLICATION_ID = 0x43534154;

// WAL files could lose committed pages before this release (sqlite.org/wal.html, "the WAL-reset bug").
const OLDEST_SQLITE = [3, 51, 3] as const;

interface Setting {
  readonly name: string;
  readonly value: number | string;
}

/**
 * What stands on, each read back after it is set. better-sqlite3 is built so that WAL alone would mean
 * synchronous=NORMAL, which loses acknowledged rows in a power cut; on macOS only fullfsync reaches the drive.
 */
const SETTINGS: readonly Setting[] = [
  { name: 'busy_timeout', value: 200 },
  { name: 'journal_mode', value: 'wal' },
  { name: 'synchronous', value: 2 },
  { name: 'fullfsync', value: 1 },
  { name: 'checkpoint_fullfsync', value: 1 },
  { name: 'trusted_schema', value: 0 },
  { name: 'cell_size_check', value: 1 },
  { name: 'recursive_triggers', value: 1 },
  { name: 'foreign_keys', value: 1 },
  // A checkpoint inside a commit would make some event wait for it; the worker runs them between events instead.
  { name: 'wal_autocheckpoint', value: 0 },
];

function assertVersion(db: SqlDatabase): void {
  const row = db.prepare('SELECT sqlite_version() AS version').get() as { readonly version: string };
  const [major = 0, minor = 0, patch = 0] = row.version.split('.').map(Number);
  const [oldMajor, oldMinor, oldPatch] = OLDEST_SQLITE;
  const isOld = major - oldMajor || minor - oldMinor || patch - oldPatch;
  if (isOld < 0) {
    throw new AppError('RECORD_FAILED', `SQLite ${row.version} can lose committed rows. Reinstall Chairside.`);
  }
}

function apply(db: SqlDatabase, { name, value }: Setting): void {
  // To its end: the first line of an answer says `wal` before the file was written, and a write that then fails would be
  // known to nobody. Rows would go to a file whose last commit a power cut takes back.
  db.exec(`PRAGMA ${name} = ${value}`);
  const actual = db.pragma(name, { simple: true });
  if (actual === value) return;
  const say = `The record cannot be kept safely in this folder: ${name} is ${String(actual)}, not ${value}.`;
  throw new AppError('RECORD_FAILED', `${say} Choose a folder on a local disk.`);
}

/** Refuses a file that another program made, before anything is written to it. */
function assertOurs(db: SqlDatabase): void {
  const id = db.pragma('application_id', { simple: true });
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { readonly tables: number };
  if (id === APPLICATION_ID || (id === 0 && tables === 0)) return;
  throw new AppError(
    'RECORD_DAMAGED',
    'The record file was made by another program. Move it away, or choose another folder for the record.',
  );
}

/** Takes the file for this process alone and makes every commit durable. Throws AppError, or SQLite's own error. */
export function prepareConnection(db: SqlDatabase): void {
  // Before the first read: the log then needs no shared memory file, which a full disk would refuse.
  db.pragma('locking_mode = exclusive', { simple: true });
  assertVersion(db);
  assertOurs(db);
  for (const setting of SETTINGS) apply(db, setting);
  if (db.pragma('locking_mode', { simple: true }) !== 'exclusive') {
    throw new AppError('RECORD_LOCKED', 'The record could not be taken for this program alone. Close other programs.');
  }
}

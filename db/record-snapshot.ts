import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../drivers/kit/app-error.ts';

/** A log begins anew after some thousand rows, which takes longer than copying the file by far. */
const ATTEMPTS = 5;
/** SQLite file format 4.1: magic, version, page size, sequence, salts and checksum. */
const LOG_HEADER_BYTES = 32;

function logHeader(path: string): string | null {
  if (!existsSync(path)) return null;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(LOG_HEADER_BYTES);
    return readSync(file, header) === LOG_HEADER_BYTES ? header.toString('hex') : null;
  } finally {
    closeSync(file);
  }
}

/** Without a log the file itself must stay as it is. */
function stateOf(path: string): string {
  const { ino, size, mtimeNs } = statSync(path, { bigint: true });
  return `${ino} ${logHeader(`${path}-wal`) ?? `${size} ${mtimeNs}`}`;
}

export interface RecordSnapshot extends Disposable {
  /** The database, for one program to open. */
  readonly path: string;
}

/**
 * A record as it is at this moment, also while a station writes to it: the file first and its log after it, so that every
 * page that moved meanwhile is in the log too, as long as that did not begin anew. It holds names: its folder is the
 * owner's alone, and goes away. Throws RECORD_LOCKED where the log kept beginning anew.
 */
export function snapshotOf(record: string): RecordSnapshot {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-look-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, 'record.db');
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      rmSync(`${path}-wal`, { force: true });
      const before = stateOf(record);
      copyFileSync(record, path);
      if (existsSync(`${record}-wal`)) copyFileSync(`${record}-wal`, `${path}-wal`);
      if (stateOf(record) === before) return { path, [Symbol.dispose]: remove };
    }
  } catch (error) {
    remove();
    throw error;
  }
  remove();
  throw new AppError('RECORD_LOCKED', 'The station writes too fast for a copy of its record. Try again.');
}

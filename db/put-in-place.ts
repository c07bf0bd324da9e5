import { existsSync, linkSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from './durable-file.ts';

/** What SQLite keeps beside the record; a log left there would be read into the copy. */
const BESIDE = ['record.db-wal', 'record.db-shm', 'record.db-journal'] as const;
const RECORD = 'record.db';

/** Whether there is anything that has to make room. */
export const isOccupied = (folder: string): boolean =>
  [RECORD, ...BESIDE].some((name) => existsSync(join(folder, name)));

/**
 * Puts the file `draft` in the place of the record of `folder`. What was there moves to the folder `aside` below it, where it is not null,
 * and nothing of it is lost wherever this is cut off. Throws the file system's error.
 */
export function putInPlace(folder: string, draft: string, aside: string | null): void {
  if (aside !== null) moveAside(folder, join(folder, aside));
  renameSync(draft, join(folder, RECORD));
  syncFolder(folder);
}

function moveAside(folder: string, aside: string): void {
  mkdirSync(aside, { mode: 0o700 });
  for (const name of BESIDE) if (existsSync(join(folder, name))) renameSync(join(folder, name), join(aside, name));
  const record = join(folder, RECORD);
  if (existsSync(record)) secondName(record, join(aside, RECORD));
  syncFolder(aside);
}

/** A second name first, and then the draft takes the first one: a station that is started meanwhile never finds none. */
function secondName(record: string, to: string): void {
  try {
    linkSync(record, to);
  } catch {
    // A file system without second names; a start in this moment would begin a record that the draft then replaces.
    renameSync(record, to);
  }
}

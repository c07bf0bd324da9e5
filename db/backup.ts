import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../drivers/kit/app-error.ts';
import type { Verification } from './trail.ts';

/** Copies that are kept in a folder; the oldest goes when there is one more. */
const KEPT = 14;
const NAME = /^chairside-record-.*\.db$/;
const DRAFT = /^chairside-record-.*\.db\.new$/;
/** No copy is under way for that long (ms): what is older was left by a program that ended in the middle. */
const LEFT_AFTER = 24 * 3_600_000;

export interface Backup {
  /** The copy, in its own file, readable by its owner alone: it holds the names of patients. */
  readonly path: string;
  /** What was found in the copy after it was written. */
  readonly verification: Verification;
}

interface BackupSteps {
  /** Copies the record while it is in use. */
  readonly copy: (path: string) => Promise<unknown>;
  readonly check: (path: string) => Promise<Verification>;
}

/**
 * A copy of the whole record in `folder`, which appears under its name only when it was read back and is in order. Keys
 * are not in it: whoever steals it can sign nothing. Rejects with RECORD_* or the file system's error.
 */
export async function backUp(folder: string, { copy, check }: BackupSteps): Promise<Backup> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `chairside-record-${new Date().toISOString().replaceAll(':', '')}.db`);
  const draft = `${path}.new`;
  try {
    await copy(draft);
    await chmod(draft, 0o600);
    const verification = await check(draft);
    const { damage } = verification;
    if (damage !== null) {
      throw new AppError('RECORD_DAMAGED', `The copy of the record is damaged at row ${damage.seq}: ${damage.detail}.`);
    }
    await rename(draft, path);
    await prune(folder);
    return { path, verification };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function prune(folder: string): Promise<void> {
  const names = await readdir(folder);
  const copies = names.filter((name) => NAME.test(name)).toSorted();
  for (const name of copies.slice(0, -KEPT)) await rm(join(folder, name));
  for (const draft of names.filter((name) => DRAFT.test(name)).map((name) => join(folder, name))) {
    // Null: another copy, which has its own name by now.
    const found = await stat(draft).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > LEFT_AFTER) await rm(draft, { force: true });
  }
}

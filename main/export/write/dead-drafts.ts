import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDraftName } from './sink.ts';

/** What became of drafts that no export is writing any more. */
export interface SweptDrafts {
  readonly removed: number;
  /** Drafts that are still there. */
  readonly left: number;
  /** What the file system said of the first that could not be removed; null where all could. */
  readonly failure: string | null;
}

/**
 * Removes what exports left in `target` that ended with their process: it holds names, and nobody looks for a hidden folder. Never rejects.
 * @param running drafts that are being written, by their paths
 */
export async function removeDeadDrafts(target: string, running: ReadonlySet<string>): Promise<SweptDrafts> {
  const found = await readdir(target).catch(noNames);
  if (typeof found === 'string') return { removed: 0, left: 0, failure: found };
  const drafts = found
    .filter(isDraftName)
    .map((name) => join(target, name))
    .filter((path) => !running.has(path));
  const ends = await Promise.all(drafts.map((path) => rm(path, { recursive: true }).then(() => null, codeOf)));
  const failures = ends.filter((end) => end !== null);
  return { removed: drafts.length - failures.length, left: failures.length, failure: failures[0] ?? null };
}

/** A folder that was never made holds none. */
function noNames(error: unknown): readonly string[] | string {
  const code = codeOf(error);
  return code === 'ENOENT' ? [] : code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

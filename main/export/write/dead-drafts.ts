import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nameSheet, removeDraft, waitingSheet } from './publish.ts';
import { isDraftName } from './sink.ts';

/** What became of drafts that no export is writing any more. */
export interface SweptDrafts {
  readonly removed: number;
  /** Drafts, and sheets without their name, that are still there. */
  readonly left: number;
  /** Anchor sheets that got their name, because the export that they belong to had its own already. */
  readonly sheets: number;
  /** What the file system said of the first that is still there; null where none is. */
  readonly failure: string | null;
}

/**
 * Removes what exports left in `target` that ended with their process: it holds names, and nobody looks for a hidden folder. Of an
 * export that had its name by then, the sheet gets its own. Never rejects.
 * @param running drafts that are being written, by their paths
 */
export async function removeDeadDrafts(target: string, running: ReadonlySet<string>): Promise<SweptDrafts> {
  const found = await readdir(target).catch(noNames);
  if (typeof found === 'string') return { removed: 0, left: 0, sheets: 0, failure: found };
  const dead = found.filter((name) => !running.has(join(target, draftOf(name))));
  const drafts = dead.filter(isDraftName);
  const sheets = dead.filter((name) => isWaiting(name) && !drafts.includes(draftOf(name)));
  const unremoved = await failuresOf(drafts, (name) => removeDraft(join(target, name)));
  const unnamed = await failuresOf(sheets, (name) => nameSheet(join(target, name), target));
  return {
    removed: drafts.length - unremoved.length,
    left: unremoved.length + unnamed.length,
    sheets: sheets.length - unnamed.length,
    failure: [...unremoved, ...unnamed][0] ?? null,
  };
}

const SHEET_FOLDER = waitingSheet('');
const draftOf = (name: string): string => (name.endsWith(SHEET_FOLDER) ? name.slice(0, -SHEET_FOLDER.length) : name);
const isWaiting = (name: string): boolean => draftOf(name) !== name && isDraftName(draftOf(name));

async function failuresOf(names: readonly string[], act: (name: string) => Promise<void>): Promise<string[]> {
  const ends = await Promise.all(names.map((name) => act(name).then(() => null, codeOf)));
  return ends.filter((end) => end !== null);
}

/** A folder that was never made holds none. */
function noNames(error: unknown): readonly string[] | string {
  const code = codeOf(error);
  return code === 'ENOENT' ? [] : code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

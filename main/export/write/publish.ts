import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '../../../db/durable-file.ts';

/** Ends the name of a sheet, after the full name of what it is the sheet of. */
const SHEET = '.anchor.txt';

/** Something that is complete and on the disk, under a name that nobody takes for an export. */
export interface Unnamed {
  /** Where it is now. */
  readonly draft: string;
  /** Folder that will hold it. */
  readonly target: string;
  /** Of the finished export, without ending. */
  readonly name: string;
  readonly ending: string;
}

export interface Published {
  readonly path: string;
  /** Sheet with the anchor, beside it. */
  readonly anchorSheet: string;
}

/** Gives it its name, or the next free one: an export never replaces another. @param more of the name, known only now */
export async function publish({ draft, target, name, ending }: Unnamed, more = ''): Promise<string> {
  const path = freeName(target, `${name}${more}`, ending);
  await rename(draft, path);
  syncFolder(target);
  return path;
}

/**
 * The same with a sheet beside it, whose text is made with the full name. Wherever this is cut off, `nameSheet` or `removeDraft` leave
 * both or neither.
 */
export async function publishWithSheet(
  unnamed: Unnamed,
  sheet: (name: string) => string,
  more = '',
): Promise<Published> {
  const { draft, target, name, ending } = unnamed;
  const path = freeName(target, `${name}${more}`, ending);
  await putWaiting(draft, path, sheet(basename(path)));
  await rename(draft, path);
  syncFolder(target);
  try {
    await nameSheet(waitingSheet(draft), target);
  } catch (error) {
    await rename(path, draft);
    throw error;
  }
  return { path, anchorSheet: `${path}${SHEET}` };
}

/** A sheet stays when its export was handed out and is gone, so its name is taken too. */
function freeName(target: string, name: string, ending: string): string {
  for (let count = 1; ; count += 1) {
    const path = join(target, `${count === 1 ? name : `${name}-${count}`}${ending}`);
    if (!existsSync(path) && !existsSync(`${path}${SHEET}`)) return path;
  }
}

/** Folder in which a sheet, by the name that it will have, waits until the draft has its own. */
export function waitingSheet(draft: string): string {
  return `${draft}.sheet`;
}

async function putWaiting(draft: string, path: string, text: string): Promise<void> {
  const folder = waitingSheet(draft);
  await mkdir(folder, { mode: 0o700 });
  const file = await open(join(folder, `${basename(path)}${SHEET}`), 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  syncFolder(folder);
  syncFolder(dirname(folder));
}

/** The export has its name: its sheet gets its own. Rejects with EEXIST where that is taken, or the file system's error. */
export async function nameSheet(waiting: string, target: string): Promise<void> {
  for (const name of await readdir(waiting)) {
    if (existsSync(join(target, name))) throw Object.assign(new Error(`${name} is there already.`), { code: 'EEXIST' });
    await rename(join(waiting, name), join(target, name));
  }
  syncFolder(target);
  await rm(waiting, { recursive: true });
}

/**
 * Leaves nothing behind of an export that did not come to its end. Where the draft is not there any more it has its name, and
 * its sheet waits for the next start; for the same reason the sheet goes first.
 */
export async function removeDraft(draft: string): Promise<void> {
  if (existsSync(draft)) await rm(waitingSheet(draft), { recursive: true, force: true });
  await rm(draft, { recursive: true, force: true });
}

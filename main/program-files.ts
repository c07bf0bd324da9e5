import * as disk from 'node:fs/promises';
import { join } from 'node:path';

/** Where the program lies that runs here. */
export interface ProgramFiles {
  /** Absolute paths of files, and of folders with everything below them. One that is not there counts as such. */
  readonly paths: readonly string[];
  /** One in which an archive is a plain file. @default node:fs/promises */
  readonly fs?: Pick<typeof disk, 'readdir' | 'stat'>;
}

/** By path: size, time of the last change and inode, which tell without a look inside that a file is another one. */
export type ProgramStamp = ReadonlyMap<string, string>;

/** Never loaded by a running program; hidden files are marks of tools, of the desktop and of editors. */
const NOT_LOADED = /^\.|\.test\.tsx?$|\.md$/;

/**
 * Looks at one file after the other, so that it takes no more than one of the few threads that all of this process shares,
 * and everything else goes on between two. Rejects with the system's error for what is there and cannot be looked at.
 */
export async function stampOf({ paths, fs = disk }: ProgramFiles): Promise<ProgramStamp> {
  const stamp = new Map<string, string>();
  const add = async (path: string): Promise<void> => {
    const found = await unlessGone(fs.stat(path, { bigint: true }));
    if (found !== null && !found.isDirectory()) stamp.set(path, `${found.size} ${found.mtimeNs} ${found.ino}`);
  };
  // What links lead to is looked at, but no folder: it may be the one that they lie in.
  const addAll = async (folder: string): Promise<void> => {
    for (const entry of (await unlessGone(fs.readdir(folder, { withFileTypes: true }))) ?? []) {
      if (NOT_LOADED.test(entry.name)) continue;
      const path = join(folder, entry.name);
      await (entry.isDirectory() ? addAll(path) : add(path));
    }
  };
  for (const path of paths) {
    const isFolder = (await unlessGone(fs.stat(path)))?.isDirectory();
    await (isFolder === true ? addAll(path) : add(path));
  }
  return stamp;
}

/** One sentence for each file that is new, gone or another one; empty: it is the same program. */
export function differences(before: ProgramStamp, now: ProgramStamp): readonly string[] {
  const changed = [...before].flatMap(([path, was]) => {
    const is = now.get(path);
    if (is === was) return [];
    return [is === undefined ? `${path} is gone` : `${path} is another one`];
  });
  const added = [...now.keys()].filter((path) => !before.has(path)).map((path) => `${path} is new`);
  return [...changed, ...added];
}

/** Null for what went away, also between the look at its folder and the look at itself. */
async function unlessGone<Found>(look: Promise<Found>): Promise<Found | null> {
  try {
    return await look;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

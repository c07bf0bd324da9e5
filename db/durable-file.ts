import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';

export function syncFolder(folder: string): void {
  // Windows cannot open a folder; its file system journals the rename itself.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What a disk says that failed; anything else is a folder that is no file of a disk, or not ours to open. */
const FAILED = new Set(['EIO', 'ENOSPC', 'EDQUOT']);

/** A folder is itself a name that a power cut can take away, with what is in it. Throws the file system's error. */
export function syncName(folder: string): void {
  try {
    syncFolder(dirname(resolve(folder)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && FAILED.has(String(error.code))) throw error;
  }
}

/** Makes those above it, too: each is on the disk before there is anything in it. Throws the file system's error. */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { recursive: true, mode: 0o700 });
  syncFolder(dirname(path));
}

/**
 * Replaces a file, or leaves the one before: there is no moment at which a power cut leaves half of it. Only its owner
 * may read it. Throws the file system's error.
 */
export function writeDurably(path: string, content: string | Uint8Array): void {
  const folder = dirname(path);
  makeFolder(folder);
  const draft = `${path}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    const bytes = Buffer.from(content);
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(draft, 0o600);
  renameSync(draft, path);
  syncFolder(folder);
}

/** Null where there is no such file. */
export function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

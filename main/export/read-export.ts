import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { Files } from './bag.ts';

/** Every file of an exported folder. Rejects with the file system's error. */
export async function readFolder(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  for (const entry of entries.filter((found) => !found.isDirectory())) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(join(folder, sep).length).replaceAll(sep, '/');
    files.set(name, await readFile(path));
  }
  return files;
}

/** Every file of an export, in its folder or in its zip, where all of it lies in one folder. */
export async function readExport(path: string): Promise<Files> {
  if ((await stat(path)).isDirectory()) return readFolder(path);
  const entries = Object.entries(unzipSync(await readFile(path)));
  return new Map(entries.map(([name, content]) => [name.slice(name.indexOf('/') + 1), Buffer.from(content)]));
}

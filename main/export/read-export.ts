import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { AppError } from '../../drivers/kit/app-error.ts';
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

/** Rejects with RECORD_DAMAGED for a zip that holds more than one export: who unpacks it could read what was not checked. */
export async function readExport(path: string): Promise<Files> {
  if ((await stat(path)).isDirectory()) return readFolder(path);
  return unzipped(await readFile(path));
}

/** Every file of a zip, where all of it lies in one folder. */
function unzipped(zip: Uint8Array): Files {
  const names: string[] = [];
  // The entries come by name, so that the last one of a name would be all that is left of it.
  const entries = Object.entries(unzipSync(zip, { filter: ({ name }) => names.push(name) > 0 }));
  if (entries.length < names.length) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    throw new AppError('RECORD_DAMAGED', `${twice ?? 'A file'} is in it more than once.`);
  }
  const tops = new Set(names.map((name) => name.slice(0, name.indexOf('/') + 1)));
  if (tops.size > 1) throw new AppError('RECORD_DAMAGED', 'It holds more than one folder at its top.');
  return new Map(entries.map(([name, content]) => [name.slice(name.indexOf('/') + 1), Buffer.from(content)]));
}

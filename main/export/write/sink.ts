import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Zip, ZipDeflate } from 'fflate';
import type { Unnamed } from './publish.ts';

export type ExportForm = 'folder' | 'zip';

/** Where the files of an export go, one after the other; see publish.ts for its name. */
export interface Sink extends Unnamed {
  put(path: string, content: Buffer): Promise<void>;
  /** Everything is on the disk, still under the draft's name. */
  close(): Promise<void>;
}

export interface SinkOptions {
  readonly form: ExportForm;
  /** Folder that will hold the export. */
  readonly target: string;
  /** Path of what is written until it is complete; see newDraft. */
  readonly draft: string;
}

const DRAFT = '.chairside-';

/** A path below `target` that nobody takes for an export. */
export function newDraft(target: string): string {
  return join(target, `${DRAFT}${randomUUID()}`);
}

/** Whether a file or folder of that name is what `newDraft` names, and nothing that a person put there. */
export function isDraftName(name: string): boolean {
  return name.startsWith(DRAFT) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name.slice(DRAFT.length));
}

/** @param name of the finished export, without ending */
export async function openSink({ form, target, draft }: SinkOptions, name: string): Promise<Sink> {
  if (form === 'folder') return new FolderSink(target, name, draft);
  await mkdir(target, { recursive: true });
  return new ZipSink(target, name, draft, await open(draft, 'wx', 0o600));
}

class FolderSink implements Sink {
  readonly draft: string;
  readonly target: string;
  readonly name: string;
  readonly ending = '';

  constructor(target: string, name: string, draft: string) {
    this.draft = draft;
    this.target = target;
    this.name = name;
  }

  async put(path: string, content: Buffer): Promise<void> {
    const full = join(this.draft, path);
    await mkdir(dirname(full), { recursive: true });
    const file = await open(full, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async close(): Promise<void> {}
}

type FileHandle = Awaited<ReturnType<typeof open>>;

/** MS-DOS time has no earlier one. The same for every file, so that the same export gives the same bytes. */
const NO_TIME = new Date(1980, 0, 1);

/** The files below one folder of the export's name, packed as they come: no more than one of them is in memory. */
class ZipSink implements Sink {
  readonly draft: string;
  readonly target: string;
  readonly name: string;
  readonly ending = '.zip';
  readonly #file: FileHandle;
  readonly #zip: Zip;
  #packed: Uint8Array[] = [];
  #failure: Error | null = null;

  constructor(target: string, name: string, draft: string, file: FileHandle) {
    this.draft = draft;
    this.target = target;
    this.name = name;
    this.#file = file;
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) this.#failure = error;
      else this.#packed.push(bytes);
    });
  }

  async put(path: string, content: Buffer): Promise<void> {
    const entry = new ZipDeflate(`${this.name}/${path}`, { level: 6 });
    entry.mtime = NO_TIME;
    this.#zip.add(entry);
    entry.push(content, true);
    await this.#flush();
  }

  async close(): Promise<void> {
    this.#zip.end();
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    for (const bytes of this.#packed.splice(0)) await this.#file.writeFile(bytes);
  }
}

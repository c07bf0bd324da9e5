import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Anchor, anchorText, readAnchor, rootedAnchorText } from './anchor.ts';
import { unwrap, wrap } from './envelope.ts';
import type { Wrapping } from './key-seal.ts';
import { Turns } from './long-work.ts';

/** What a place holds. */
export interface AnchorsRead {
  readonly anchors: readonly Anchor[];
  /** Files or lines that could not be opened or are no anchors. */
  readonly unreadable: number;
}

/** Somewhere outside the database. Everything is asynchronous: a share that hangs must not hold up a row. */
export interface AnchorPlace {
  /** As a report names it. */
  readonly name: string;
  /** Resolves when the anchor is durable there. Rejects with the file system's error. */
  write(anchor: Anchor): Promise<void>;
  read(): Promise<AnchorsRead>;
  /** If this is what the next write would replace (null: something that cannot be opened), it is kept as evidence. */
  setAside(anchor: Anchor | null): Promise<void>;
  /** Two persons accepted that the trail goes on from an older copy: what it contradicts is kept, and compared no more. */
  retire(): Promise<void>;
}

/** The place whose anchors say which segments the station began. */
export const THIS_COMPUTER = 'the anchor of this computer';
const PURPOSE = 'anchor';
const CURRENT = 'anchor';

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; its file system journals the rename itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeThrough(path: string, flags: string | number, bytes: Uint8Array | string): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * The newest anchor in a folder of its own, sealed where there is a key store. `wrapping` null: readable by any program
 * of the account, and so only as good as the rights of the folder.
 * @param older under which earlier versions sealed it
 */
export function sealedAnchor(folder: string, wrapping: Wrapping | null, older: Wrapping | null = null): AnchorPlace {
  const path = join(folder, CURRENT);
  const opened = (bytes: Uint8Array): Anchor | null => {
    const unwrapped = [wrapping, older].flatMap((each) => (each && unwrap(bytes, each.key, PURPOSE)) ?? []);
    // Where the key store keeps no secret, an anchor from before it was asked is as good as one after.
    const text = wrapping?.isSealed === true ? null : Buffer.from(bytes).toString('utf8');
    const found = unwrapped[0] ?? text;
    return found === null ? null : readAnchor(found);
  };
  return {
    name: THIS_COMPUTER,
    async write(anchor) {
      const text = rootedAnchorText(anchor);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeThrough(`${path}.new`, 'w', wrapping === null ? text : wrap(text, wrapping.key, PURPOSE));
      await rename(`${path}.new`, path);
      await syncFolder(folder);
    },
    async read() {
      const names = (await readdir(folder).catch(nullIfMissing)) ?? [];
      const files = names.filter((name) => name.startsWith(CURRENT) && !name.endsWith('.new'));
      const found = await Promise.all(files.map(async (name) => opened(await readFile(join(folder, name)))));
      const anchors = found.filter((anchor) => anchor !== null);
      return { anchors, unreadable: found.length - anchors.length };
    },
    async setAside(anchor) {
      const bytes = await readFile(path).catch(nullIfMissing);
      if (bytes === null) return;
      const current = opened(bytes);
      if (anchor === null && current === null) await rename(path, join(folder, `unreadable-${Date.now()}`));
      if (anchor === null || current?.note !== anchor.note) return;
      await rename(path, `${path}-${anchor.size}-${anchor.root.slice(0, 16)}`);
    },
    async retire() {
      const names = (await readdir(folder).catch(nullIfMissing)) ?? [];
      const aside = names.filter((name) => name.startsWith(`${CURRENT}-`));
      for (const name of aside) await rename(join(folder, name), join(folder, `retired-${name}`));
    },
  };
}

/** Read back at most this much of a file that only grows: years of a station. */
const MOST_READ = 64 * 1024 * 1024;

/** One appended line for each checkpoint, on another medium: a memory stick, a share. */
export function appendedAnchors(path: string): AnchorPlace {
  return {
    name: path,
    async write(anchor) {
      // Not created with its folders: a stick that is not there must be missed, not replaced by a folder of that name.
      const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY;
      // A line torn by a power cut must not swallow the next one, so each begins on a line of its own.
      await writeThrough(path, flags, `\n${anchorText(anchor)}\n`);
    },
    async read() {
      const bytes = await readTail(path);
      const anchors: Anchor[] = [];
      let unreadable = 0;
      const turns = new Turns();
      for (const line of linesOf(bytes)) {
        const anchor = readAnchor(line);
        if (anchor === null) unreadable += 1;
        else anchors.push(anchor);
        if (turns.isOver) await turns.next();
      }
      return { anchors, unreadable };
    },
    setAside: () => Promise.resolve(),
    retire: () => rename(path, `${path}.retired-${new Date().toISOString().replaceAll(':', '')}`),
  };
}

/** Without the empty ones. */
function* linesOf(bytes: Buffer): Generator<string> {
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(0x0a, from);
    const end = found === -1 ? bytes.length : found;
    if (end > from) yield bytes.toString('utf8', from, end);
    from = end + 1;
  }
}

async function readTail(path: string): Promise<Buffer> {
  // The folder must be there: an anchor medium that is away is not an anchor medium that is empty.
  await readdir(dirname(path));
  const file = await open(path, 'r').catch(nullIfMissing);
  if (file === null) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - MOST_READ);
    const bytes = Buffer.alloc(size - start);
    await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(start === 0 ? 0 : bytes.indexOf(0x0a) + 1);
  } finally {
    await file.close();
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../chaos/random.ts';
import type { DiskStep } from './trace.ts';

/**
 * What is on the disk when the power goes: `killed` everything that was written, as after a crash of the process alone;
 * `lost` only what was synced; `torn` that and a random part of the rest, sector by sector and in any order.
 */
export type PowerCut = 'killed' | 'lost' | 'torn';

const SECTOR = 512;

interface Change {
  readonly offset: number;
  /** Null cuts the file off at the offset. */
  readonly bytes: Buffer | null;
}

/** The content of a file: what was synced, and what was written since. */
class FileContent {
  #synced: Buffer = Buffer.alloc(0);
  #since: Change[] = [];

  change(change: Change): void {
    this.#since.push(change);
  }

  sync(): void {
    this.#synced = this.#since.reduce(applied, this.#synced);
    this.#since = [];
  }

  /**
   * A sync failed: what was written since the one before it is never on the disk, unless it is written again. Systems
   * take such pages for clean, and answer the next sync with success.
   */
  forget(): void {
    this.#since = [];
  }

  after(cut: PowerCut, random: Random): Buffer {
    if (cut === 'lost') return this.#synced;
    const kept = cut === 'killed' ? this.#since : this.#since.flatMap((change) => survivors(change, random));
    return kept.reduce(applied, Buffer.from(this.#synced));
  }
}

function applied(content: Buffer, { offset, bytes }: Change): Buffer {
  if (bytes === null) return Buffer.concat([content.subarray(0, offset)], offset);
  const grown = content.length >= offset + bytes.length ? content : Buffer.concat([content], offset + bytes.length);
  grown.set(bytes, offset);
  return grown;
}

/** A write is kept, lost, or torn: each of its sectors has a fate of its own. */
function survivors(change: Change, random: Random): Change[] {
  const { offset, bytes } = change;
  const fate = random.next();
  if (fate < 0.4) return [];
  if (fate < 0.8 || bytes === null) return [change];
  const sectors: Change[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + SECTOR - ((offset + at) % SECTOR));
    if (random.chance(0.5)) sectors.push({ offset: offset + at, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return sectors;
}

/** Null is a folder. */
type Names = ReadonlyMap<string, FileContent | null>;

interface NameChange {
  /** Folders that must be synced before it is durable. */
  readonly folder: string;
  readonly apply: (names: Names) => Names;
}

function folderOf(path: string): string {
  if (path === '') return '..';
  return dirname(path) === '.' ? '' : dirname(path);
}

/**
 * A disk that promises no more than POSIX: bytes are durable after a sync of their file, names after one of their folder.
 * Behind a failed sync it only knows what a power cut leaves, and not what the system still has in memory (`killed`).
 */
export class Disk {
  #names: Names = new Map();
  #durable: Names = new Map();
  #since: NameChange[] = [];

  take(step: DiskStep): void {
    switch (step.kind) {
      case 'acknowledge':
        break;
      case 'create':
        if (!this.#names.has(step.path)) this.#link(step.path, new FileContent());
        break;
      case 'mkdir':
        this.#link(step.path, null);
        break;
      case 'unlink':
        this.#rename(step.path, (names) => without(names, step.path));
        break;
      case 'rename':
        this.#rename(step.path, (names) => moved(names, step.path, step.to));
        break;
      case 'write':
        this.#names.get(step.path)?.change({ offset: step.offset, bytes: step.bytes });
        break;
      case 'truncate':
        this.#names.get(step.path)?.change({ offset: step.length, bytes: null });
        break;
      case 'sync':
        this.#sync(step.path);
        break;
      case 'sync-failed':
        this.#names.get(step.path)?.forget();
        break;
    }
  }

  /** Writes what a power cut at this moment leaves. */
  writeTo(folder: string, cut: PowerCut, random: Random): void {
    mkdirSync(folder, { recursive: true });
    for (const [path, content] of this.#namesAfter(cut, random)) {
      if (content === null) mkdirSync(join(folder, path), { recursive: true });
      else this.#writeFile(join(folder, path), content.after(cut, random));
    }
  }

  #writeFile(path: string, bytes: Buffer): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }

  #namesAfter(cut: PowerCut, random: Random): Names {
    if (cut === 'killed') return this.#names;
    // File systems keep the order of names, so what survives of them is a beginning.
    const kept = cut === 'lost' ? 0 : random.between(0, this.#since.length);
    const names = this.#since.slice(0, kept).reduce((before, { apply }) => apply(before), this.#durable);
    const isThere = (path: string): boolean => path === '..' || (names.has(path) && isThere(folderOf(path)));
    return new Map([...names].filter(([path]) => isThere(path)));
  }

  #link(path: string, content: FileContent | null): void {
    this.#rename(path, (names) => new Map([...names, [path, content]]));
  }

  #rename(path: string, apply: NameChange['apply']): void {
    this.#names = apply(this.#names);
    this.#since.push({ folder: folderOf(path), apply });
  }

  #sync(path: string): void {
    const content = path === '..' ? null : this.#names.get(path);
    if (content !== null) {
      content?.sync();
      return;
    }
    for (const { apply } of this.#since.filter(({ folder }) => folder === path)) this.#durable = apply(this.#durable);
    this.#since = this.#since.filter(({ folder }) => folder !== path);
  }
}

function without(names: Names, path: string): Names {
  return new Map([...names].filter(([name]) => name !== path));
}

function moved(names: Names, from: string, to: string): Names {
  const content = names.get(from);
  return content === undefined ? names : new Map([...without(names, from), [to, content]]);
}

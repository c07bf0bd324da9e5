import { readFileSync } from 'node:fs';

/** One file in an asar archive. `unpacked` files lie beside it. */
export interface PackedFile {
  readonly path: string;
  readonly size: number;
  readonly unpacked: boolean;
  /** Empty for an unpacked file. */
  readonly bytes: Buffer;
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
}

/** Where the header's JSON begins: after four 32-bit numbers, the second of which is the header's size with two of them. */
const JSON_START = 16;

/** Reads an asar archive: a header in JSON that names every file and its place behind the header. */
export function readArchive(path: string): readonly PackedFile[] {
  const archive = readFileSync(path);
  const dataStart = 8 + archive.readUInt32LE(4);
  const header = JSON.parse(archive.toString('utf8', JSON_START, JSON_START + archive.readUInt32LE(12))) as Entry;

  const below = (entry: Entry, folder: string): readonly PackedFile[] =>
    Object.entries(entry.files ?? {}).flatMap(([name, child]) => {
      const place = folder === '' ? name : `${folder}/${name}`;
      if (child.files) return below(child, place);
      const start = dataStart + Number(child.offset ?? 0);
      const { size = 0, unpacked = false } = child;
      return [{ path: place, size, unpacked, bytes: archive.subarray(start, unpacked ? start : start + size) }];
    });
  return below(header, '');
}

/** The state of each fuse in an Electron binary, in the order of Electron's list; null where there is no fuse wire. */
export function readFuses(binary: Buffer): readonly boolean[] | null {
  const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
  const start = binary.indexOf(sentinel);
  if (start === -1) return null;
  const length = binary[start + sentinel.length + 1] ?? 0;
  const wire = binary.subarray(start + sentinel.length + 2, start + sentinel.length + 2 + length);
  return [...wire].map((state) => state === '1'.charCodeAt(0));
}

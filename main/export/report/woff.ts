import { inflateSync } from 'node:zlib';

const DIRECTORY_AT = 44;
const ENTRY = 20;
const SFNT_DIRECTORY_AT = 12;
const SFNT_ENTRY = 16;

/**
 * The OpenType font in a WOFF 1.0 file (W3C, 2012), its tables unpacked once: a reader of fonts would unpack a table anew
 * for every letter. Throws what Buffer or zlib throw for a file that is cut off or garbled.
 */
export function openTypeOf(woff: Buffer): Buffer {
  const tables = woff.readUInt16BE(12);
  const font = Buffer.alloc(woff.readUInt32BE(16));
  woff.copy(font, 0, 4, 8);
  font.writeUInt16BE(tables, 4);
  // Of the search over the directory, as OpenType wants it.
  const depth = Math.floor(Math.log2(tables));
  font.writeUInt16BE(SFNT_ENTRY * 2 ** depth, 6);
  font.writeUInt16BE(depth, 8);
  font.writeUInt16BE(SFNT_ENTRY * (tables - 2 ** depth), 10);
  let at = SFNT_DIRECTORY_AT + SFNT_ENTRY * tables;
  for (let index = 0; index < tables; index += 1) {
    const from = DIRECTORY_AT + ENTRY * index;
    const entry = SFNT_DIRECTORY_AT + SFNT_ENTRY * index;
    const [start, packed, length] = [4, 8, 12].map((place) => woff.readUInt32BE(from + place)) as [
      number,
      number,
      number,
    ];
    const table = woff.subarray(start, start + packed);
    woff.copy(font, entry, from, from + 4);
    woff.copy(font, entry + 4, from + 16, from + 20);
    font.writeUInt32BE(at, entry + 8);
    font.writeUInt32BE(length, entry + 12);
    (packed < length ? inflateSync(table) : table).copy(font, at);
    at += Math.ceil(length / 4) * 4;
  }
  return font;
}

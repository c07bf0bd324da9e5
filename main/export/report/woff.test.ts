import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openTypeOf } from './woff.ts';

const FILE = import.meta.resolve('@fontsource/unifontex/files/unifontex-latin-400-normal.woff');
const woff = readFileSync(fileURLToPath(FILE));

/** Sum of a table as OpenType defines it: of its words, big-endian, in 32 bits. */
function sumOf(table: Buffer): number {
  const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

describe('the font in a WOFF file', () => {
  test('has every table with the sum that its directory names, on a boundary of four bytes', () => {
    const font = openTypeOf(woff);
    const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index).map((at) => ({
      tag: font.toString('latin1', at, at + 4),
      sum: font.readUInt32BE(at + 4),
      from: font.readUInt32BE(at + 8),
      length: font.readUInt32BE(at + 12),
    }));
    expect(tables.map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(['cmap', 'glyf', 'head', 'hmtx', 'loca', 'maxp']),
    );
    for (const { tag, sum, from, length } of tables) {
      const table = Buffer.from(font.subarray(from, from + length));
      // Of the sum of the whole file, which is not in its own.
      if (tag === 'head') table.writeUInt32BE(0, 8);
      expect([tag, sumOf(table), from % 4]).toEqual([tag, sum, 0]);
    }
  });

  test('is not made of a file that is cut off', () => {
    expect(() => openTypeOf(woff.subarray(0, 60))).toThrow('unexpected end of file');
    expect(() => openTypeOf(woff.subarray(0, 20))).toThrow(RangeError);
    expect(() => openTypeOf(woff.subarray(0, woff.length / 2))).toThrow('unexpected end of file');
  });
});

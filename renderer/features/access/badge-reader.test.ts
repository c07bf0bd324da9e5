import { describe, expect, test } from 'vitest';
import { BadgeReader } from './badge-reader.ts';

/** Types `text` with this many milliseconds between keys and gives what Enter then reads. */
function scan(reader: BadgeReader, text: string, gap: number, start = 0): string | null {
  Array.from(text).forEach((key, index) => reader.key(key, start + index * gap));
  return reader.enter(start + text.length * gap);
}

describe('a badge reader that types like a keyboard', () => {
  test('is read when its number ends in Enter', () => {
    expect(scan(new BadgeReader(), '0004711', 8)).toBe('0004711');
    expect(scan(new BadgeReader(), 'A1-90F', 8)).toBe('A1-90F');
  });

  test('is told from fingers by its speed, and from a stray Enter by its length', () => {
    expect(scan(new BadgeReader(), '0004711', 180)).toBeNull();
    expect(scan(new BadgeReader(), '47', 8)).toBeNull();
    expect(new BadgeReader().enter(0)).toBeNull();
  });

  test('begins anew with every scan and after slow keys', () => {
    const reader = new BadgeReader();
    reader.key('9', 0);
    expect(scan(reader, '0004711', 8, 5000)).toBe('0004711');
    expect(scan(reader, '0004712', 8, 9000)).toBe('0004712');
  });

  test('keys with names of their own are no part of a number', () => {
    const reader = new BadgeReader();
    reader.key('Shift', 0);
    expect(scan(reader, '0004711', 8)).toBe('0004711');
  });
});

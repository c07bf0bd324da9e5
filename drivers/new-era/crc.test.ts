import { expect, test } from 'vitest';
import { newEraCrc } from './crc.ts';

test('gives the published check value of CRC-16/XMODEM', () => {
  expect(newEraCrc(new TextEncoder().encode('123456789'))).toBe(0x31c3);
});

test('starts from zero, unlike the other pumps that say CRC-16 CCITT', () => {
  expect(newEraCrc(new Uint8Array(0))).toBe(0);
});

import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { devicePepper } from './pepper.ts';
import { hashSecret, isOutdated, kindOfStored, verifyPin } from './pin.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'chairside-pepper-')), 'keys');

describe('the key of the device', { timeout: 60_000 }, () => {
  test('is made once, 32 bytes, readable to its owner alone', async () => {
    const keys = folder();
    const { key, isSealed } = await devicePepper(keys);
    expect([key.length, isSealed]).toEqual([32, false]);
    expect((await devicePepper(keys)).key).toEqual(key);
    if (process.platform !== 'win32') expect(statSync(join(keys, 'pepper.bin')).mode & 0o777).toBe(0o600);
  });

  test('is taken under the key store as soon as there is one, and stays the same', async () => {
    const keys = folder();
    const { key } = await devicePepper(keys);
    const seal = {
      isSealed: async () => true,
      seal: async (text: string) => Buffer.from(text.toUpperCase() + text),
      open: async (sealed: Uint8Array) =>
        Buffer.from(sealed)
          .subarray(sealed.length / 2)
          .toString(),
    };
    expect(await devicePepper(keys, seal)).toEqual({ key, isSealed: true, isLost: false, reason: null });
    expect(existsSync(join(keys, 'pepper.bin'))).toBe(false);
    expect(await devicePepper(keys, seal)).toEqual({ key, isSealed: true, isLost: false, reason: null });
  });

  test('a peppered PIN fits on this device only; the string says so', async () => {
    const pepper = (await devicePepper(folder())).key;
    const stored = await hashSecret('204816', 'pin', pepper);
    expect(stored).toMatch(/^scrypt\$ln=15,r=8,p=3,k=1\$/);
    expect(await verifyPin('204816', stored, pepper)).toBe(true);
    expect(await verifyPin('204816', stored, (await devicePepper(folder())).key)).toBe(false);
    expect(await verifyPin('204816', stored, null)).toBe(false);
  });

  test('a password costs more than a PIN, and an older string is found', async () => {
    const pepper = (await devicePepper(folder())).key;
    const password = await hashSecret('four plain words', 'password', pepper);
    expect(password).toMatch(/^scrypt\$ln=17,r=8,p=1,k=1\$/);
    expect(kindOfStored(password)).toBe('password');
    expect(isOutdated(password, pepper)).toBe(false);
    const old = await hashSecret('204816', 'pin', null);
    expect([isOutdated(old, null), isOutdated(old, pepper)]).toEqual([false, true]);
    expect(isOutdated(old.replace('ln=15', 'ln=14'), null)).toBe(true);
  });
});

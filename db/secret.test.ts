import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { KeySeal } from './key-seal.ts';
import { openSecret } from './secret.ts';
import { temporaryFolder } from './test-kit.ts';

const MIRROR: KeySeal = {
  isSealed: () => Promise.resolve(true),
  seal: (text) => Promise.resolve(Buffer.from(text).toReversed()),
  open: (bytes) => Promise.resolve(Buffer.from(bytes.toReversed()).toString()),
};
const placeIn = (folder: string) => ({ folder, name: 'pepper', plain: join(folder, 'pepper.bin') });

test('without a key store it lies in a file of its owner, and is taken under one as soon as there is one', async () => {
  using folder = temporaryFolder();
  const place = placeIn(folder.path);
  const plain = await openSecret(place, null);
  expect(plain).toMatchObject({ isSealed: false, isLost: false });
  const taken = await openSecret(place, MIRROR);
  expect(taken).toEqual({ key: plain.key, isSealed: true, isLost: false, reason: null });
  expect(existsSync(place.plain)).toBe(false);
  expect(readFileSync(join(folder.path, 'pepper.sealed')).includes(plain.key.toString('base64'))).toBe(false);
  expect(await openSecret(place, MIRROR)).toEqual(taken);
});

const no = (): Promise<never> => Promise.reject(new Error('no'));
const never = (): Promise<never> => new Promise(() => undefined);
test.each([
  ['refuses', { isSealed: no, seal: no, open: no }, /does not answer for itself: no$/],
  ['hangs', { isSealed: never, seal: never, open: never }, /did not answer within/],
  ['cannot open', { ...MIRROR, open: no }, /does not open it: no$/],
  [
    'has lost its content',
    { ...MIRROR, open: () => Promise.resolve('') },
    /what the key store opened is not the secret/,
  ],
])(
  'a key store that %s costs the secret, not the start, and what it sealed is kept for the day it is back',
  async (_, broken, why) => {
    using folder = temporaryFolder();
    const place = placeIn(folder.path);
    const { key } = await openSecret(place, MIRROR);
    const sealed = readFileSync(join(folder.path, 'pepper.sealed'));
    const lost = await openSecret(place, broken, 20);
    expect(lost.isLost).toBe(true);
    expect(lost.reason).toMatch(why);
    expect(lost.key.equals(key)).toBe(false);
    const aside = readdirSync(folder.path).find((name) => name.includes('.lost-')) ?? '';
    expect(readFileSync(join(folder.path, aside))).toEqual(sealed);
    expect(await openSecret(place, MIRROR, 20)).toMatchObject({ key: lost.key, isLost: false });
  },
);

test.each([
  ['too short', (path: string) => writeFileSync(path, 'short'), 'its file is garbled'],
  ['a folder', (path: string) => mkdirSync(path), 'its file cannot be read: EISDIR'],
])('a file that is %s is set aside, and told of as lost', async (_, put, why) => {
  using folder = temporaryFolder();
  const place = placeIn(folder.path);
  put(place.plain);
  const { key, isLost, reason } = await openSecret(place, null);
  expect(isLost).toBe(true);
  expect(reason).toBe(why);
  expect(await openSecret(place, null)).toEqual({ key, isSealed: false, isLost: false, reason: null });
});

test('where nothing can be written the secret lives as long as the run', async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'in-the-way'), '');
  const nowhere = join(folder.path, 'in-the-way');
  const { key, isSealed, reason } = await openSecret(
    { folder: nowhere, name: 'pepper', plain: join(nowhere, 'pepper.bin') },
    MIRROR,
  );
  expect([key.length, isSealed]).toEqual([32, false]);
  expect(reason).toMatch(/^its file cannot be read: ENOTDIR|^it cannot be written: /);
});

test('what a key store says of a failure is kept short, and without the secret that it was given', async () => {
  using folder = temporaryFolder();
  let given = '';
  const careless: KeySeal = {
    ...MIRROR,
    seal: (text) => {
      given = text;
      return Promise.reject(new Error(`cannot seal "${text}", ${'x'.repeat(1000)}`));
    },
  };
  const { isSealed, isLost, reason } = await openSecret(placeIn(folder.path), careless);
  expect([isSealed, isLost]).toEqual([false, false]);
  expect(given).toHaveLength(44);
  expect(reason).toMatch(/^the key store does not seal it: cannot seal "\[secret\]", x+$/);
  expect(reason).toHaveLength(200);
});

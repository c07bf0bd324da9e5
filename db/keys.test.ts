import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publicKeyOf } from './ed25519.ts';
import { fileKeyStore, keyFor, newSeed } from './keys.ts';
import { temporaryFolder } from './test-kit.ts';

test('a saved key is read back, and only its owner may read the file', () => {
  using folder = temporaryFolder();
  const keys = { current: newSeed(), next: newSeed() };
  const store = fileKeyStore(join(folder.path, 'keys'));
  store.save(keys);
  expect(store.load()).toEqual(keys);
  expect(store.isSealed).toBe(false);
  const mode = statSync(join(folder.path, 'keys', 'signing-key.json')).mode;
  expect(mode.toString(8).slice(-3)).toBe(process.platform === 'win32' ? '666' : '600');
});

test('the key before is forgotten', () => {
  using folder = temporaryFolder();
  const store = fileKeyStore(folder.path);
  const old = newSeed();
  store.save({ current: old, next: null });
  store.save({ current: newSeed(), next: null });
  expect(readFileSync(join(folder.path, 'signing-key.json'), 'utf8')).not.toContain(old.toString('base64'));
});

test('a missing or garbled key file is no key', () => {
  using folder = temporaryFolder();
  const store = fileKeyStore(folder.path);
  expect(store.load()).toBeNull();
  writeFileSync(join(folder.path, 'signing-key.json'), '{"current":"AAAA","next":null}');
  expect(store.load()).toBeNull();
});

test('after a rotation that was cut short, the key that the trail names is found on either side', () => {
  const keys = { current: newSeed(), next: newSeed() };
  expect(keyFor(keys, publicKeyOf(keys.current))).toEqual(keys.current);
  expect(keyFor(keys, publicKeyOf(keys.next))).toEqual(keys.next);
  expect(keyFor(keys, publicKeyOf(newSeed()))).toBeNull();
  expect(keyFor(null, publicKeyOf(newSeed()))).toBeNull();
});

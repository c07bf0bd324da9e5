import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publicKeyOf } from './ed25519.ts';
import { fileKeyStore, keyFor, newSeed, sealedKeyStore } from './keys.ts';
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
  expect(store.problem).toBe('its file is not there');
  writeFileSync(join(folder.path, 'signing-key.json'), '{"current":"AAAA","next":null}');
  expect(store.load()).toBeNull();
  expect(store.problem).toBe('its file is garbled');
  store.save({ current: newSeed(), next: null });
  expect(store.load()).not.toBeNull();
  expect(store.problem).toBeNull();
});

test('why a sealed key cannot be read is told', () => {
  using folder = temporaryFolder();
  const [one, other] = [newSeed(), newSeed()].map((key) => ({ key, isSealed: true, reason: null }));
  if (one === undefined || other === undefined) throw new Error('there are no two keys');
  sealedKeyStore(folder.path, one).save({ current: newSeed(), next: null });
  const store = sealedKeyStore(folder.path, other);
  expect(store.load()).toBeNull();
  expect(store.problem).toBe('the key that it was sealed with does not open it');
  const told = sealedKeyStore(folder.path, { ...other, reason: 'the key store does not open it: no' });
  expect(told.load()).toBeNull();
  expect(told.problem).toBe('the key store does not open it: no');
});

test('after a rotation that was cut short, the key that the trail names is found on either side', () => {
  const keys = { current: newSeed(), next: newSeed() };
  expect(keyFor(keys, publicKeyOf(keys.current))).toEqual(keys.current);
  expect(keyFor(keys, publicKeyOf(keys.next))).toEqual(keys.next);
  expect(keyFor(keys, publicKeyOf(newSeed()))).toBeNull();
  expect(keyFor(null, publicKeyOf(newSeed()))).toBeNull();
});

import { describe, expect, test } from 'vitest';
import { openCheckpoint, originOf, readCheckpoint, signCheckpoint } from './checkpoint.ts';
import { publicKeyOf, selfTest, signBytes } from './ed25519.ts';
import { fingerprintOf, isSameFingerprint } from './fingerprint.ts';
import { sha256 } from './hash.ts';
import { newSeed } from './keys.ts';

const seed = newSeed();
const pub = publicKeyOf(seed);
const origin = originOf('room 1');
const checkpoint = { origin, size: 5, root: sha256('x') };
const note = signCheckpoint(checkpoint, seed);

// Test data of golang.org/x/mod/sumdb/note: `PRIVATE+KEY+name+id+base64` holds the algorithm byte and the seed.
const GO_SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const GO_PUB = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1);
const GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const GO_SIGNATURE = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';

describe('checkpoint', () => {
  test('opens with its key and says what was signed', () => {
    expect(openCheckpoint(note, origin, pub)).toEqual(checkpoint);
  });

  test('has the lines of a C2SP checkpoint', () => {
    const [first, size, root, gap, signature, end] = note.split('\n');
    expect([first, size, root, gap, end]).toEqual(['chairside/room%201', '5', sha256('x').toString('base64'), '', '']);
    expect(signature).toMatch(/^\u2014 chairside\/room%201 [A-Za-z0-9+/]{91}=$/u);
  });

  test('signs as the Go implementation does: same key, same key id, same signature', () => {
    const go = Buffer.from(GO_SIGNATURE, 'base64');
    expect(publicKeyOf(GO_SEED)).toEqual(GO_PUB);
    expect(signBytes(GO_SEED, Buffer.from(GO_TEXT))).toEqual(go.subarray(4));
    const ours = signCheckpoint({ ...checkpoint, origin: 'PeterNeumann' }, GO_SEED)
      .trimEnd()
      .split(' ')
      .at(-1);
    expect(Buffer.from(ours ?? '', 'base64').subarray(0, 4)).toEqual(go.subarray(0, 4));
  });

  test.each([
    ['a changed size', note.replace('\n5\n', '\n6\n')],
    ['a changed root', note.replace(sha256('x').toString('base64'), sha256('y').toString('base64'))],
    ['no signature', note.slice(0, note.indexOf('\n\n') + 2)],
    ['another line', note.replace('\n\n', '\nmore\n\n')],
    ['a size with a leading zero', note.replace('\n5\n', '\n05\n')],
    ['nothing', ''],
  ])('does not open with %s', (_, changed) => {
    expect(openCheckpoint(changed, origin, pub)).toBeNull();
  });

  test('does not open with another key or for another station', () => {
    expect(openCheckpoint(note, origin, publicKeyOf(newSeed()))).toBeNull();
    expect(openCheckpoint(note, originOf('room 2'), pub)).toBeNull();
  });

  test('can be read without a key', () => {
    expect(readCheckpoint(note)).toEqual(checkpoint);
    expect(readCheckpoint('rubbish')).toBeNull();
  });
});

describe('keys', () => {
  test('the self-test passes on a sound library', () => {
    expect(() => selfTest()).not.toThrow();
  });

  test('a fingerprint can be read aloud and compared as a person would', () => {
    const fingerprint = fingerprintOf(pub);
    expect(fingerprint).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
    expect(isSameFingerprint(fingerprint.toLowerCase().replaceAll('-', ' '), fingerprint)).toBe(true);
    expect(isSameFingerprint(fingerprintOf(publicKeyOf(newSeed())), fingerprint)).toBe(false);
  });

  test('a fingerprint is the base32 of RFC 4648', () => {
    // SHA-256 of nothing starts with e3b0c442 98fc1c14 9afbf4c8 996fb9.
    expect(fingerprintOf(new Uint8Array())).toBe('4OYM-IQUY-7QOB-JGX3-6TEJ-S35Z');
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTrail } from './client.ts';
import type { KeySeal } from './key-seal.ts';
import { event, open, temporaryFolder } from './test-kit.ts';
import type { Trail } from './trail.ts';

/** A key store whose content can get lost. */
class MemorySeal implements KeySeal {
  secret = 0x5a;
  sealed = true;

  isSealed(): Promise<boolean> {
    return Promise.resolve(this.sealed);
  }

  seal(text: string): Promise<Uint8Array> {
    return Promise.resolve(Buffer.concat([Buffer.from([this.secret]), Buffer.from(text)]));
  }

  open(sealed: Uint8Array): Promise<string> {
    if (sealed[0] !== this.secret) return Promise.reject(new Error('not sealed here'));
    return Promise.resolve(Buffer.from(sealed.subarray(1)).toString());
  }
}

function sealed(folder: string, keySeal: KeySeal): Promise<Trail> {
  return openTrail({ folder, station: 'room 1', appVersion: '0.1.0', ballastBytes: 0, keySeal });
}

test('signing keys and anchors lie under the key store; a record begun without one is taken over', async () => {
  using folder = temporaryFolder();
  const plain = join(folder.path, 'keys', 'signing-key.json');
  await (await open(folder.path)).close();
  expect(existsSync(plain)).toBe(true);
  const seal = new MemorySeal();
  for (let run = 0; run < 3; run += 1) {
    const trail = await sealed(folder.path, seal);
    await trail.append(event('alarm.raised'));
    expect(await trail.status()).toMatchObject({ sealed: true, segment: 1, concerns: [] });
    expect((await trail.verify()).damage).toBeNull();
    await trail.close();
  }
  expect(existsSync(plain)).toBe(false);
  expect(readFileSync(join(folder.path, 'keys', 'signing-key.sealed')).includes('current')).toBe(false);
  expect(readFileSync(join(folder.path, 'anchor', 'anchor')).includes('origin')).toBe(false);
});

test('a key store that lost its secret is no reason not to start: a new segment, and the anchor set aside', async () => {
  using folder = temporaryFolder();
  const seal = new MemorySeal();
  await (await sealed(folder.path, seal)).close();
  seal.secret = 1;
  const trail = await sealed(folder.path, seal);
  expect(await trail.status()).toMatchObject({ segment: 2, enrolled: false });
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
});

test('a backend that keeps no secret is shown as not sealed', async () => {
  using folder = temporaryFolder();
  const seal = new MemorySeal();
  seal.sealed = false;
  const trail = await sealed(folder.path, seal);
  expect((await trail.identity()).sealed).toBe(false);
  await trail.close();
});

test('changed bytes are no key', async () => {
  using folder = temporaryFolder();
  const seal = new MemorySeal();
  await (await sealed(folder.path, seal)).close();
  const path = join(folder.path, 'keys', 'signing-key.sealed');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  writeFileSync(path, bytes);
  const trail = await sealed(folder.path, seal);
  expect((await trail.status()).segment).toBe(2);
  await trail.close();
});

test('a sealed record is not opened without its key store: that would begin a new segment for nothing', async () => {
  using folder = temporaryFolder();
  await (await sealed(folder.path, new MemorySeal())).close();
  await expect(open(folder.path)).rejects.toMatchObject({ code: 'RECORD_FAILED', message: /desktop program/ });
});

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openTrail } from './client.ts';
import type { KeySeal } from './key-seal.ts';
import { event, MemorySeal, open, recordSession, temporaryFolder } from './test-kit.ts';
import type { Trail } from './trail.ts';

vi.setConfig({ testTimeout: 60_000 });

/** On a busy machine too. */
const SOON = { timeout: 20_000 };

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
    expect((await trail.verify()).damage).toBeNull();
    // An anchor that anybody could have written proves nothing once there is a key store: that is said, once.
    const concerns = run === 0 ? [expect.stringContaining('The anchor of the record cannot be opened')] : [];
    await vi.waitFor(async () => {
      expect(await trail.status()).toMatchObject({ sealed: true, segment: 1, concerns });
    }, SOON);
    await trail.close();
  }
  expect(existsSync(plain)).toBe(false);
  expect(readFileSync(join(folder.path, 'keys', 'signing-key.sealed')).includes('current')).toBe(false);
  expect(readFileSync(join(folder.path, 'anchor', 'anchor')).includes('origin')).toBe(false);
});

type Loss = (path: string) => void;
const LOSSES: readonly (readonly [string, Loss])[] = [
  ['gone', (path) => rmSync(path)],
  ['garbled', (path) => writeFileSync(path, 'Z'.repeat(60))],
  [
    'unreadable',
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
];
const FILES = [
  ['wrapping key', 'keys/wrapping-key.sealed', 2],
  ['signing key', 'keys/signing-key.sealed', 2],
  ["anchor's key", 'anchor/key.sealed', 1],
  ['anchor', 'anchor/anchor', 1],
] as const;

test.each(FILES.flatMap(([name, file, segment]) => LOSSES.map(([how, lose]) => ({ name, file, segment, how, lose }))))(
  'with its $name $how the record goes on, says so, and is in order',
  async ({ name, file, segment, how, lose }) => {
    using folder = temporaryFolder();
    const seal = new MemorySeal();
    for (let run = 0; run < 2; run += 1) {
      const before = await sealed(folder.path, seal);
      await expect.poll(async () => (await before.status()).anchors[0]?.size, SOON).toBeGreaterThan(0);
      await recordSession(before, `s${run}`);
      await before.close();
    }
    lose(join(folder.path, file));
    const trail = await sealed(folder.path, seal);
    await expect.poll(async () => (await trail.status()).concerns.join(), SOON).not.toBe('');
    const canKeepNoKey = name === 'signing key' && how === 'unreadable';
    if (canKeepNoKey) await expect(trail.append(event('a'))).rejects.toMatchObject({ code: 'RECORD_DAMAGED' });
    else {
      await trail.append(event('alarm.raised'));
      expect((await trail.status()).segment).toBe(segment);
    }
    expect((await trail.verify()).damage).toBeNull();
    await trail.close();
  },
);

test('a key store that is lost while the station runs is noticed at the next start, and the run goes on', async () => {
  using folder = temporaryFolder();
  const seal = new MemorySeal();
  const trail = await sealed(folder.path, seal);
  await recordSession(trail, 's1');
  // Behind it the key has changed.
  await trail.status();
  seal.secret = 1;
  rmSync(join(folder.path, 'keys'), { recursive: true });
  await recordSession(trail, 's2');
  await trail.append(event('alarm.raised'));
  expect(await trail.status()).toMatchObject({ segment: 1, concerns: [] });
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
  const next = await sealed(folder.path, seal);
  expect(await next.status()).toMatchObject({ segment: 2, enrolled: false });
  expect((await next.verify()).damage).toBeNull();
  await next.close();
});

test('whoever takes the keys of the data folder away has not taken the anchor: an older copy still shows', async () => {
  using folder = temporaryFolder();
  const seal = new MemorySeal();
  await (await sealed(folder.path, seal)).close();
  const older = readFileSync(join(folder.path, 'record.db'));
  const longer = await sealed(folder.path, seal);
  await recordSession(longer, 's1');
  await longer.close();
  writeFileSync(join(folder.path, 'record.db'), older);
  rmSync(join(folder.path, 'keys'), { recursive: true });
  const trail = await sealed(folder.path, seal);
  expect((await trail.verify()).damage).toMatchObject({ what: 'anchor' });
  await trail.close();
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

test('what the key store said when it failed stands in the record, at the new root key, and in the alarm', async () => {
  using folder = temporaryFolder();
  const seal = new MemorySeal();
  await (await sealed(folder.path, seal)).close();
  seal.secret = 1;
  const trail = await sealed(folder.path, seal);
  const said = 'the key store does not open it: not sealed here';
  const rowsOf = async (kind: string) => {
    const rows = await trail.stationRows({ before: null, kinds: [kind], from: null, to: null, limit: 10 });
    return rows.map(({ body }) => JSON.parse(body) as { readonly reason?: string; readonly new: unknown });
  };
  expect(await rowsOf('key.store')).toMatchObject([
    { outcome: 'failed', reason: said, new: { of: 'anchor' } },
    { outcome: 'failed', reason: said, new: { of: 'record' } },
  ]);
  const [segment] = await rowsOf('log.genesis');
  expect(segment?.reason).toContain(said);
  expect((await trail.status()).concerns.join()).toContain(`The signing key was lost (${said}): enrol`);
  await trail.close();
  // Sealed anew, it works, and nothing is told any more.
  const after = await sealed(folder.path, seal);
  expect((await after.status()).concerns.join()).toContain('The signing key was lost: enrol');
  await after.close();
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

import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { beginForeignSegment } from '../tests/faults/record-kit.ts';
import { anchorText, readAnchor } from './anchor.ts';
import { openTrail } from './client.ts';
import { wrap } from './envelope.ts';
import { newSeed, fileKeyStore, sealedKeyStore } from './keys.ts';
import { openSecret } from './secret.ts';
import { event, MemorySeal, open, recordSession, temporaryFolder } from './test-kit.ts';
import type { RecordStatus, Trail } from './trail.ts';

vi.setConfig({ testTimeout: 60_000 });

/** On a busy machine too. */
const SOON = { timeout: 20_000 };
const FOREIGN = 'of which no anchor says that this station began it';

const keysOf = (folder: string): string => join(folder, 'keys');
const anchorOf = (folder: string): string => join(folder, 'anchor', 'anchor');

function sealed(folder: string, keySeal: MemorySeal): Promise<Trail> {
  return openTrail({ folder, station: 'room 1', appVersion: '0.1.0', ballastBytes: 0, keySeal });
}

/** After the anchors were compared. */
async function told(trail: Trail): Promise<RecordStatus> {
  await expect.poll(async () => (await trail.status()).anchors[0]?.size, SOON).toBeGreaterThan(0);
  return trail.status();
}

async function closedAfter(trail: Trail, id: string): Promise<void> {
  await recordSession(trail, id);
  await trail.close();
}

async function rowsOf(trail: Trail, kind: string): Promise<readonly object[]> {
  const rows = await trail.stationRows({ before: null, kinds: [kind], from: null, to: null, limit: 20 });
  return rows.map(({ body }) => JSON.parse(body) as object);
}

async function enrol(trail: Trail): Promise<void> {
  const { rootFingerprint } = await trail.status();
  await trail.append(event('key.enrolled', { new: { rootFingerprint } }));
}

test('a segment that somebody else began and enrolled is not taken for ours: concern, row and no enrolment, at each start until two persons enrol', async () => {
  using folder = temporaryFolder();
  await closedAfter(await open(folder.path), 's1');
  fileKeyStore(keysOf(folder.path)).save({ current: beginForeignSegment(folder.path), next: null });
  for (let start = 0; start < 2; start += 1) {
    const trail = await open(folder.path);
    const status = await told(trail);
    expect(status).toMatchObject({ segment: 2, enrolled: false });
    expect(status.concerns.join()).toContain(FOREIGN);
    expect(await rowsOf(trail, 'log.segment')).toHaveLength(start + 1);
    await trail.close();
  }
  const trail = await open(folder.path);
  await told(trail);
  await enrol(trail);
  expect(await trail.status()).toMatchObject({ enrolled: true, concerns: [] });
  await trail.close();
  const after = await open(folder.path);
  expect(await told(after)).toMatchObject({ enrolled: true, concerns: [] });
  await after.close();
});

type Put = (folder: string, seed: Buffer) => void;
const OPEN_KEYS: readonly (readonly [string, string, Put])[] = [
  [
    'the signing key',
    'signing-key.json.lost-',
    (folder, seed) => {
      rmSync(join(keysOf(folder), 'signing-key.sealed'));
      fileKeyStore(keysOf(folder)).save({ current: seed, next: null });
    },
  ],
  [
    'the key that seals it',
    'signing-key.sealed.lost-',
    (folder, seed) => {
      const key = newSeed();
      rmSync(join(keysOf(folder), 'wrapping-key.sealed'));
      writeFileSync(join(keysOf(folder), 'wrapping-key.bin'), key);
      sealedKeyStore(keysOf(folder), { key, isSealed: true, reason: null }).save({ current: seed, next: null });
    },
  ],
];

test.each(OPEN_KEYS)(
  '%s put in openly is not taken over by a sealed record: a new segment, said of both, and the key kept as evidence',
  async (_, kept, put) => {
    using folder = temporaryFolder();
    const seal = new MemorySeal();
    const before = await sealed(folder.path, seal);
    await told(before);
    await closedAfter(before, 's1');
    put(folder.path, beginForeignSegment(folder.path));
    const trail = await sealed(folder.path, seal);
    const status = await told(trail);
    expect(status).toMatchObject({ segment: 3, enrolled: false, sealed: true });
    expect(status.concerns.join()).toContain('it lay where any program could have put it');
    expect(status.concerns.join()).toContain(FOREIGN);
    expect(await rowsOf(trail, 'log.segment')).toMatchObject([{ outcome: 'failed' }]);
    await recordSession(trail, 's2');
    expect((await trail.verify()).damage).toBeNull();
    expect(readdirSync(keysOf(folder.path)).some((name) => name.startsWith(kept))).toBe(true);
    await enrol(trail);
    expect(await trail.status()).toMatchObject({ enrolled: true, concerns: [] });
    await trail.close();
    const after = await sealed(folder.path, seal);
    expect(await told(after)).toMatchObject({ segment: 3, enrolled: true, concerns: [] });
    await after.close();
  },
);

/** As an earlier version left it: its rows do not say that they were sealed, its anchor names no roots. */
async function sealedEarlier(folder: string, seal: MemorySeal): Promise<void> {
  await closedAfter(await open(folder), 's1');
  const anchor = readAnchor(readFileSync(anchorOf(folder), 'utf8'));
  if (anchor === null) throw new Error('there is no anchor');
  const { key } = await openSecret(
    { folder: join(folder, 'anchor'), name: 'key', plain: join(folder, 'key.bin') },
    seal,
  );
  writeFileSync(anchorOf(folder), wrap(anchorText(anchor), key, 'anchor'));
}

test('a record that an earlier version sealed takes no open key of a foreign segment, and goes on with its own', async () => {
  using folder = temporaryFolder();
  using other = temporaryFolder();
  const seal = new MemorySeal();
  await sealedEarlier(folder.path, seal);
  cpSync(folder.path, other.path, { recursive: true });
  fileKeyStore(keysOf(folder.path)).save({ current: beginForeignSegment(folder.path), next: null });
  const attacked = await sealed(folder.path, seal);
  const { segment, concerns } = await told(attacked);
  expect(segment).toBe(3);
  expect(concerns.join()).toContain(FOREIGN);
  await attacked.close();
  const own = await sealed(other.path, seal);
  expect(await told(own)).toMatchObject({ segment: 1, concerns: [] });
  await own.close();
});

test('a record that was sealed takes no open key in the browser host either', async () => {
  using folder = temporaryFolder();
  await closedAfter(await sealed(folder.path, new MemorySeal()), 's1');
  rmSync(join(keysOf(folder.path), 'signing-key.sealed'));
  fileKeyStore(keysOf(folder.path)).save({ current: beginForeignSegment(folder.path), next: null });
  const trail = await open(folder.path);
  const status = await told(trail);
  expect(status).toMatchObject({ segment: 3, enrolled: false, sealed: false });
  expect(status.concerns.join()).toContain(FOREIGN);
  await closedAfter(trail, 's2');
  // What this host began itself it goes on with.
  const next = await open(folder.path);
  expect((await told(next)).segment).toBe(3);
  await next.close();
});

test('the key store comes back after days without it: the open key of that time is taken over, because the anchor knows it', async () => {
  using folder = temporaryFolder();
  const seal = new MemorySeal();
  await closedAfter(await sealed(folder.path, seal), 's1');
  const broken = new MemorySeal();
  broken.open = () => Promise.reject(new Error('locked'));
  broken.seal = () => Promise.reject(new Error('locked'));
  broken.sealed = false;
  const without = await sealed(folder.path, broken);
  expect((await told(without)).segment).toBe(2);
  await closedAfter(without, 's2');
  const back = await sealed(folder.path, seal);
  const status = await told(back);
  expect(status).toMatchObject({ segment: 2, sealed: true });
  expect(status.concerns.join()).not.toContain(FOREIGN);
  await back.close();
});

test('segments that the station began itself after lost keys are known at later starts', async () => {
  using folder = temporaryFolder();
  for (let run = 0; run < 3; run += 1) {
    rmSync(keysOf(folder.path), { recursive: true, force: true });
    const trail = await open(folder.path);
    expect((await told(trail)).concerns.join()).not.toContain(FOREIGN);
    await closedAfter(trail, `s${run}`);
  }
  const trail = await open(folder.path);
  const { segment, concerns } = await told(trail);
  expect(segment).toBe(3);
  expect(concerns.join()).not.toContain(FOREIGN);
  await trail.close();
});

async function withTwoSegments(folder: string): Promise<void> {
  await closedAfter(await open(folder), 's1');
  rmSync(keysOf(folder), { recursive: true });
  await closedAfter(await open(folder), 's2');
}

test('an anchor of an older version vouches for the segments within its rows, and the next one names them', async () => {
  using folder = temporaryFolder();
  await withTwoSegments(folder.path);
  const { roots, ...older } = JSON.parse(readFileSync(anchorOf(folder.path), 'utf8')) as { readonly roots: unknown };
  expect(roots).toHaveLength(2);
  writeFileSync(anchorOf(folder.path), JSON.stringify(older));
  const trail = await open(folder.path);
  expect((await told(trail)).concerns.join()).not.toContain(FOREIGN);
  await trail.close();
  expect(JSON.parse(readFileSync(anchorOf(folder.path), 'utf8'))).toMatchObject({ roots });
});

test('an anchor of an older version does not vouch for a segment that was begun behind it', async () => {
  using folder = temporaryFolder();
  await closedAfter(await open(folder.path), 's1');
  const { roots: _, ...older } = JSON.parse(readFileSync(anchorOf(folder.path), 'utf8')) as { readonly roots: unknown };
  writeFileSync(anchorOf(folder.path), JSON.stringify(older));
  fileKeyStore(keysOf(folder.path)).save({ current: beginForeignSegment(folder.path), next: null });
  const trail = await open(folder.path);
  expect((await told(trail)).concerns.join()).toContain(FOREIGN);
  await trail.close();
});

test('where the anchor is gone nobody can tell who began a later segment: that is said, and two persons settle it', async () => {
  using folder = temporaryFolder();
  await withTwoSegments(folder.path);
  rmSync(join(folder.path, 'anchor'), { recursive: true });
  expect(existsSync(anchorOf(folder.path))).toBe(false);
  const trail = await open(folder.path);
  const status = await told(trail);
  expect(status).toMatchObject({ segment: 2, enrolled: false });
  expect(status.concerns.join()).toContain(FOREIGN);
  await enrol(trail);
  expect((await trail.status()).concerns.join()).not.toContain(FOREIGN);
  await trail.close();
});

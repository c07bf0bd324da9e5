import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';

import { readAnchor } from './anchor.ts';
import { ROUTINE } from './anchor-watch.ts';
import { openTrail } from './client.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';
import type { Trail } from './trail.ts';

/** Longer than the rest between two anchors, on a busy machine too. */
const SOON = { timeout: 20_000 };

const DATABASE = ['record.db', 'record.db-wal'];

/** What a rollback of the database alone needs: the keys and anchors stay where they are. */
function copyDatabase(from: string, to: string): void {
  for (const name of DATABASE) rmSync(join(to, name), { force: true });
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => DATABASE.includes(file)))
    cpSync(join(from, name), join(to, name));
}

function withFile(folder: string, anchorFile: string): Promise<Trail> {
  return openTrail({ folder, station: 'room 1', appVersion: '0.1.0', ballastBytes: 0, anchorFile });
}

async function concernsOf(trail: Trail): Promise<string> {
  await trail.verify();
  return (await trail.status()).concerns.join('\n');
}

const linesOf = (path: string): string[] =>
  (existsSync(path) ? readFileSync(path, 'utf8') : '').split('\n').filter((line) => line !== '');

test('a closed record is anchored up to its last row, and a verification says which place proves what', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'stick.jsonl');
  const first = await withFile(folder.path, file);
  await recordSession(first, 's1');
  await first.close();
  const trail = await withFile(folder.path, file);
  const found = await trail.verify();
  await trail.close();
  expect(found.damage).toBeNull();
  expect(found.anchors.map(({ place }) => place)).toEqual(['the anchor of this computer', file]);
  expect(found.anchors.every(({ size }) => size >= 8)).toBe(true);
  expect(found.unanchoredRows).toBeLessThanOrEqual(1);
});

test('a significant event is anchored at once, and each anchor is a line', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'stick.jsonl');
  const trail = await withFile(folder.path, file);
  const { seq } = await trail.append(event('alarm.raised'));
  await expect.poll(() => linesOf(file).some((line) => (readAnchor(line)?.size ?? 0) >= seq), SOON).toBe(true);
  await trail.append(event('pump.progress'));
  const { seq: last } = await trail.append(event('pump.progress'));
  await trail.sessions();
  expect(linesOf(file).every((line) => (readAnchor(line)?.size ?? 0) < last)).toBe(true);
  await trail.close();
  expect(readAnchor(linesOf(file).at(-1) ?? '')?.size).toBe(last);
});

test.each([
  ['of a kind that nobody thought of', (trail: Trail) => trail.append(event('something.new'))],
  [
    'that changes who may use the station',
    (trail: Trail) => trail.putAccess({ people: [] }, event('access.change', { new: { what: 'person added' } })),
  ],
  ['about a controlled drug', (trail: Trail) => trail.append(event('drug.waste'))],
])('a row %s is anchored at once', async (_, write) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'stick.jsonl');
  const trail = await withFile(folder.path, file);
  // The first row of a run is anchored anyhow.
  await expect.poll(() => linesOf(file).length, SOON).toBe(1);
  const { seq } = await write(trail);
  await expect.poll(() => linesOf(file).some((line) => (readAnchor(line)?.size ?? 0) >= seq), SOON).toBe(true);
  await trail.close();
});

test('only rows that come many times a minute may wait for their anchor', () => {
  expect([...ROUTINE]).toEqual(['pump.progress', 'trend.chunk', 'engine.chunk', 'device.discarded']);
});

test('R-8.3: the database put back to an older state is found by the anchor, becomes a row, and stays known', async () => {
  using folder = temporaryFolder();
  using kept = temporaryFolder();
  const before = await open(folder.path);
  await before.append(event('a'));
  // Copied while it is open: a rollback inside one epoch, so that the signing key still fits.
  copyDatabase(folder.path, kept.path);
  await before.append(event('b'));
  await before.close();
  copyDatabase(kept.path, folder.path);

  const trail = await open(folder.path);
  expect(await trail.verify()).toMatchObject({
    damage: { what: 'anchor', detail: expect.stringMatching(/older copy|forked/) as string },
  });
  expect(await concernsOf(trail)).toMatch(/does not fit its anchor/);
  // New rows make the trail longer than the anchor: the fork must stay visible.
  for (let row = 0; row < 20; row += 1) await trail.append(event('alarm.raised'));
  await trail.close();
  const later = await open(folder.path);
  expect((await later.verify()).damage).toMatchObject({
    what: 'anchor',
    detail: expect.stringMatching(/forked/) as string,
  });
  expect(await concernsOf(later)).toMatch(/does not fit its anchor/);
  await later.close();
});

test('R-8.3: a whole folder put back with keys and anchor is found by the anchor on another medium', async () => {
  using folder = temporaryFolder();
  using kept = temporaryFolder();
  using stick = temporaryFolder();
  const file = join(stick.path, 'anchors.jsonl');
  const before = await withFile(folder.path, file);
  await before.append(event('a'));
  await before.close();
  cpSync(folder.path, kept.path, { recursive: true });
  const longer = await withFile(folder.path, file);
  for (let row = 0; row < 5; row += 1) await longer.append(event('pump.start.outcome'));
  await longer.close();
  rmSync(folder.path, { recursive: true });
  cpSync(kept.path, folder.path, { recursive: true });

  const alone = await open(folder.path);
  expect((await alone.verify()).damage).toBeNull();
  await alone.close();
  const trail = await withFile(folder.path, file);
  for (let row = 0; row < 40; row += 1) await trail.append(event('a'));
  const { damage } = await trail.verify();
  expect(damage).toMatchObject({ what: 'anchor', detail: expect.stringContaining(file) as string });
  await trail.close();
});

test('the known limit: rows after the last anchor can be cut off unseen, and the verification says how many', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await trail.append(event('alarm.raised'));
  for (let row = 0; row < 7; row += 1) await trail.append(event('pump.progress'));
  await expect.poll(async () => (await trail.verify()).unanchoredRows, SOON).toBe(7);
  await trail.close();
});

test('an anchor that cannot be written is a concern and a row, never an obstacle, and its return is a row', async () => {
  using folder = temporaryFolder();
  const stick = join(folder.path, 'stick');
  const trail = await withFile(folder.path, join(stick, 'anchors.jsonl'));
  await trail.append(event('alarm.raised'));
  await expect
    .poll(async () => (await trail.status()).concerns.join(), SOON)
    .toMatch(/cannot be kept .*Connect the medium/);
  mkdirSync(stick);
  await trail.append(event('alarm.raised'));
  await expect.poll(async () => (await trail.status()).concerns, SOON).toEqual([]);
  await trail.close();
  expect(linesOf(join(stick, 'anchors.jsonl'))).not.toHaveLength(0);
});

test('a line torn by a power cut does not swallow the next one', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'stick.jsonl');
  writeFileSync(file, '{"v":1,"origin":"chairs');
  const trail = await withFile(folder.path, file);
  await trail.append(event('alarm.raised'));
  await trail.close();
  const again = await withFile(folder.path, file);
  const found = await again.verify();
  await again.close();
  expect(found.damage).toBeNull();
  expect(found.anchors[1]).toMatchObject({ unreadable: 1 });
  expect(found.anchors[1]?.size).toBeGreaterThan(1);
});

test.each([
  ['the anchor of this computer', (folder: string) => rmSync(join(folder, 'anchor'), { recursive: true })],
  ['stick', (folder: string) => rmSync(join(folder, 'stick.jsonl'))],
])('no anchor where the record says there was one is an alarm and a row, no fresh start: %s', async (place, take) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'stick.jsonl');
  const first = await withFile(folder.path, file);
  await expect.poll(async () => (await first.status()).anchors.every(({ size }) => size > 0), SOON).toBe(true);
  await recordSession(first, 's1');
  await first.close();
  take(folder.path);
  const trail = await withFile(folder.path, file);
  await expect
    .poll(async () => (await trail.status()).concerns.join(), SOON)
    .toMatch(new RegExp(`${place}.*no anchor is`));
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  const rows = db.prepare("SELECT body FROM audit WHERE act = 'log.anchor.missing'").all();
  db.close();
  expect(rows).toHaveLength(1);
});

test('an anchor of another record is no anchor of this one', async () => {
  using folder = temporaryFolder();
  const other = await openTrail({ folder: folder.path, station: 'room 2', appVersion: '0', ballastBytes: 0 });
  await other.close();
  for (const name of ['record.db', 'keys']) rmSync(join(folder.path, name), { recursive: true });
  const trail = await open(folder.path);
  expect((await trail.verify()).damage).toMatchObject({
    what: 'anchor',
    detail: expect.stringMatching(/room%202/) as string,
  });
  await trail.close();
  renameSync(join(folder.path, 'anchor'), join(folder.path, 'gone'));
  const clean = await open(folder.path);
  expect((await clean.verify()).damage).toBeNull();
  await clean.close();
});

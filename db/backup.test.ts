import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp } from './backup.ts';
import { checkOnThread } from './check-copy.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';

test('a copy made while rows are written is whole, in one file, and checked', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await recordSession(trail, 's1');
  const target = join(folder.path, 'copies');
  const [backup] = await Promise.all([
    trail.backup(target),
    ...Array.from({ length: 300 }, () => trail.append(event('a'))),
  ]);
  expect(backup.verification).toMatchObject({ damage: null });
  expect(backup.verification.rows).toBeGreaterThanOrEqual(8);
  expect(readdirSync(target)).toEqual([backup.path.slice(target.length + 1)]);
  if (process.platform !== 'win32') expect(statSync(backup.path).mode.toString(8).slice(-3)).toBe('600');
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
});

test('a copy put back is a readable record that says it is old, and goes on under a new key', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await recordSession(trail, 's1');
  const { path } = await trail.backup(join(folder.path, 'copies'));
  await recordSession(trail, 's2');
  await trail.close();
  for (const name of readdirSync(folder.path).filter((file) => file.startsWith('record.db')))
    rmSync(join(folder.path, name));
  writeFileSync(join(folder.path, 'record.db'), readFileSync(path));
  const restored = await open(folder.path);
  expect(await restored.sessionRows('s1')).toHaveLength(6);
  expect((await restored.verify()).damage).toMatchObject({ what: 'anchor' });
  expect((await restored.status()).concerns.join()).toMatch(/enrol the new root fingerprint/);
  await restored.append(event('record.restored'));
  await restored.close();
});

test('a copy that cannot be made is refused, and only the newest fourteen are kept', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await trail.append(event('a'));
  const target = join(folder.path, 'copies');
  writeFileSync(target, 'in the way');
  await expect(trail.backup(target)).rejects.toMatchObject({ code: 'EEXIST' });
  rmSync(target);
  mkdirSync(target);
  for (let count = 0; count < 15; count += 1) writeFileSync(join(target, `chairside-record-20${count + 10}.db`), '');
  await trail.backup(target);
  expect(readdirSync(target)).toHaveLength(14);
  expect(readdirSync(target)).not.toContain('chairside-record-2010.db');
  await trail.close();
});

test('a copy that a crash left unfinished goes with the next one, unless it may still be under way', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await trail.append(event('a'));
  const target = join(folder.path, 'copies');
  mkdirSync(target);
  const [left, underWay] = ['chairside-record-2025.db.new', 'chairside-record-2026.db.new'];
  for (const name of [left, underWay]) writeFileSync(join(target, name), 'half of it');
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(join(target, left), twoDaysAgo, twoDaysAgo);
  await trail.backup(target);
  expect(readdirSync(target)).toHaveLength(2);
  expect(readdirSync(target)).toContain(underWay);
  await trail.close();
});

test('a copy that was damaged on its way is refused, and nothing of it stays', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await recordSession(trail, 's1');
  const { path: whole } = await trail.backup(join(folder.path, 'whole'));
  await trail.close();
  const target = join(folder.path, 'copies');
  const copy = async (path: string): Promise<void> => {
    // Everywhere: pages also hold what was moved away from them.
    const damaged = readFileSync(whole, 'latin1').replaceAll('pump.start.intent', 'pump.start.inteNt');
    writeFileSync(path, damaged, 'latin1');
  };
  const check = (path: string) =>
    checkOnThread(new URL('./worker.ts', import.meta.url), new URL('./schema/', import.meta.url), path);
  await expect(backUp(target, { copy, check })).rejects.toMatchObject({ code: 'RECORD_DAMAGED' });
  expect(readdirSync(target)).toEqual([]);
});

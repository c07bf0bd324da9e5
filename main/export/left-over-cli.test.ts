import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tamper } from '../../tests/faults/record-kit.ts';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { verifyFolder } from './verify-folder.ts';

// As processes on real folders: nobody can sign in at a station whose record lost rows, and its evidence must come out all the same.

const work = temporaryFolder();
const whole = join(work.path, 'whole');
const damaged = join(work.path, 'damaged');

beforeAll(async () => {
  const trail = await open(whole);
  for (const id of ['s1', 's2']) await recordSession(trail, id);
  await trail.close();
  cpSync(whole, damaged, { recursive: true });
  tamper(damaged, (db) => db.exec('DELETE FROM audit WHERE seq = 5 OR seq > 14'));
}, 60_000);

afterAll(() => work[Symbol.dispose]());

const CLI = fileURLToPath(new URL('./left-over-cli.ts', import.meta.url));
const leftOver = (...args: readonly string[]) => spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });

test('writes every session of a damaged record with what is missing, and nothing to the record', async () => {
  const before = readFileSync(join(damaged, 'record.db'));
  const target = join(work.path, 'all');
  const { status, stdout, stderr } = leftOver(damaged, target);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const paths = stdout.trimEnd().split('\n');
  expect(paths.map((path) => /-(s\d)-NOT-WHOLE$/.exec(path)?.[1])).toEqual(['s1', 's2']);
  expect(readdirSync(target)).toHaveLength(2);
  for (const path of paths) {
    const { damage } = await verifyFolder(path);
    expect(damage[0]).toMatch(
      /^First damage at row 5 \(seq\): row 5 is missing: the record had lost rows 5, 15 to \d+/,
    );
    expect(readFileSync(join(path, 'data/session.json'), 'utf8')).toContain('Ada Example');
  }
  expect(readFileSync(join(damaged, 'record.db')).equals(before)).toBe(true);
}, 60_000);

test('writes the session that is asked for, and refuses one that is not there', () => {
  const target = join(work.path, 'one');
  expect(leftOver(damaged, target, 's2')).toMatchObject({ status: 0 });
  expect(readdirSync(target)).toEqual([expect.stringMatching(/-s2-NOT-WHOLE$/)]);
  const { status, stderr } = leftOver(damaged, target, 'nobody');
  expect(stderr).toContain('There is no session nobody in the record.');
  expect(status).toBe(2);
}, 60_000);

test('a record that is whole is exported at the station', () => {
  const { status, stdout, stderr } = leftOver(whole, join(work.path, 'none'));
  expect(stderr).toContain('This record is whole. Export its sessions at the station.');
  expect([status, stdout]).toEqual([2, '']);
}, 60_000);

test('without a folder to write to, and where there is no record, it says so', () => {
  expect(leftOver(damaged)).toMatchObject({ status: 2, stderr: expect.stringContaining('usage:') as string });
  expect(leftOver(join(work.path, 'nowhere'), work.path)).toMatchObject({ status: 2 });
}, 60_000);

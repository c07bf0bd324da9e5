import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';

// As a process, because that is how it is used.

const work = temporaryFolder();
const data = join(work.path, 'data');
let copy = '';
let copied = 0;
let written = 0;

beforeAll(async () => {
  const trail = await open(data);
  await recordSession(trail, 's1');
  ({
    path: copy,
    verification: { rows: copied },
  } = await trail.backup(work.path));
  ({ seq: written } = await trail.append(event('later')));
  await trail.close();
});
afterAll(() => work[Symbol.dispose]());

const CLI = fileURLToPath(new URL('./restore-cli.ts', import.meta.url));
const VERIFY = fileURLToPath(new URL('../export/verify-cli.ts', import.meta.url));
const run = (script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });

test('puts the copy in place, says which rows are lost and where the old record is, and shows how far it has come', () => {
  using folder = temporaryFolder();
  cpSync(data, folder.path, { recursive: true });
  const { status, stdout, stderr } = run(CLI, copy, folder.path);
  expect(stderr).toMatch(/(\d+) of \1 rows checked\n/);
  expect(stdout).toMatch(/^IN PLACE\n/);
  expect(stdout).toContain(`${copied} rows, the last one of `);
  expect(stdout).toMatch(new RegExp(`Rows? ${copied + 1} (to ${written} are|is) lost, written until 20`));
  expect(stdout).toMatch(/What was there is kept: .*record-replaced-/);
  expect(status).toBe(0);
  const moved = readdirSync(folder.path).find((name) => name.startsWith('record-replaced-')) ?? '';
  expect(run(VERIFY, join(folder.path, moved)).status).toBe(0);
});

test('without the old record and an anchor it does not say what nobody knows', () => {
  using folder = temporaryFolder();
  const { status, stdout } = run(CLI, copy, folder.path);
  expect(stdout).toContain('How much that is nobody can say');
  expect(stdout).toContain('There was no record before.');
  expect(status).toBe(0);
});

test('a damaged copy ends with 1, a station that runs and a wrong call with 2, each with what is wrong', async () => {
  using folder = temporaryFolder();
  cpSync(data, folder.path, { recursive: true });
  const words = join(work.path, 'words.db');
  writeFileSync(words, 'only words');
  expect(run(CLI, words, folder.path)).toMatchObject({ status: 1, stdout: '' });
  const trail = await open(folder.path);
  const locked = run(CLI, copy, folder.path);
  await trail.close();
  expect(locked).toMatchObject({ status: 2, stdout: '' });
  expect(locked.stderr).toContain('Another Chairside or another program has the record open. Close it');
  expect(run(CLI, copy).stderr).toContain('usage:');
  expect(run(CLI, copy, folder.path, '--wrong')).toMatchObject({ status: 2 });
  expect(run(CLI, copy, join(work.path, 'nowhere')).stderr).toContain('There is no folder');
});

test('--since refuses a copy that is not of the record whose checkpoints were brought', async () => {
  using folder = temporaryFolder();
  using other = temporaryFolder();
  const trail = await open(other.path);
  await trail.append(event('another record of the same station'));
  await trail.close();
  const lines = join(other.path, 'anchor', 'anchor');
  const { status, stderr } = run(CLI, copy, folder.path, '--since', lines);
  expect(stderr).toContain('rewritten or forked');
  expect(status).toBe(1);
  expect(readdirSync(folder.path)).toEqual([]);
});

import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../db/hash.ts';
import { openTrail } from '../../db/client.ts';
import { event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import { exported } from './testing-export.ts';

// a whole record, looked at by somebody who has its files; as processes, because that is how it is used.

const work = temporaryFolder();
const data = join(work.path, 'data');
const stick = join(work.path, 'anchors.jsonl');
/** An old export's checkpoint, and the record as it was then. */
const note = join(work.path, 'checkpoint.txt');
const early = join(work.path, 'early');
/** Anchor sheet of an export without identifiers, as it was written and as a mail program or an editor of Windows leaves it. */
let sheet = '';
const mailed = join(work.path, 'mailed.txt');
let root = '';

beforeAll(async () => {
  const options = { folder: data, station: 'room 1', appVersion: '0.1.0', ballastBytes: 0, anchorFile: stick };
  const first = await openTrail(options);
  await recordSession(first, 's1');
  await first.close();
  cpSync(data, early, { recursive: true });
  const trail = await openTrail(options);
  await recordSession(trail, 's2');
  const { checkpoint } = await trail.bundle('s2');
  writeFileSync(note, checkpoint);
  const unnamed = await exported(trail, ['s2'], join(work.path, 'exports'), { content: 'safe-harbor', form: 'zip' });
  sheet = unnamed.anchorSheet ?? '';
  writeFileSync(mailed, `\uFEFFKept by Sam:\n\n${readFileSync(sheet, 'utf8')}`.replaceAll('\n', '\r\n'));
  ({ rootFingerprint: root } = await trail.identity());
  await trail.append(event('later'));
  await trail.close();
}, 60_000);

afterAll(() => work[Symbol.dispose]());

const CLI = fileURLToPath(new URL('./verify-cli.ts', import.meta.url));

function verify(...args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    // SQLite leaves the index of its log behind, and an empty log where there was none.
    .filter((entry) => entry.isFile() && !/-(shm|wal)$/.test(entry.name))

    .map(({ parentPath, name }) => `${name} ${sha256(readFileSync(join(parentPath, name))).toString('hex')}`)
    .toSorted();

test('says what is proven of a whole record, counts its rows, and changes neither it nor its keys and anchors', () => {
  const before = filesOf(data);
  const { status, stdout, stderr } = verify(data, '--root', root);
  expect(stdout).toMatch(/^IN ORDER\n/);
  expect(stdout).toMatch(/The first \d+ rows are those that were anchored \(the anchor of this computer\)/);
  expect(stdout).toContain('Not proven');
  expect(stderr).toMatch(/(\d+) of \1 rows\n/);
  expect(status).toBe(0);
  expect(filesOf(data)).toEqual(before);
});

test.each([
  ['the checkpoint of an export', note],
  ['the lines of an anchor medium', stick],
])('--since proves that the record begins with %s', (_, file) => {
  const { status, stdout } = verify(data, '--since', file);
  expect(stdout).toMatch(/The first \d+ rows are those that were anchored \(.*(checkpoint.txt|anchors.jsonl)\)/);
  expect(status).toBe(0);
});

test('an older record put back, anchor and keys too, is found by --since alone', () => {
  expect(verify(early).status).toBe(0);
  const { status, stdout } = verify(early, '--since', note);
  expect(stdout).toMatch(/^DAMAGED\n[^]*\(anchor\): .*checkpoint.txt: it proves \d+ rows, and the record has \d+/);
  expect(status).toBe(1);
});

const BEHIND = /^DAMAGED\n[^]*\(anchor\): .*\.txt: it proves \d+ rows, and the record has \d+/;

test('an older record put back behind the anchor sheet of an export without identifiers is found by that sheet', () => {
  const { status, stdout } = verify(data, '--since', sheet);
  expect(stdout).toMatch(/^IN ORDER\n[^]*The first \d+ rows are those that were anchored \(.*\.anchor\.txt\)/);
  expect(stdout).not.toContain('cannot be read here');
  expect(status).toBe(0);
  expect(verify(early, '--since', sheet)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(BEHIND) as string,
  });
});

test('a sheet with words before it and the line ends of Windows is still an anchor', () => {
  const { status, stdout } = verify(early, '--since', mailed);
  expect(stdout).toMatch(BEHIND);
  expect(status).toBe(1);
});

test('a sheet whose note is torn or edited is no anchor', () => {
  const torn = join(work.path, 'torn.txt');
  const [whole, root64 = ''] = [
    readFileSync(sheet, 'utf8'),
    /^[A-Za-z0-9+/]{43}=$/m.exec(readFileSync(sheet, 'utf8'))?.[0],
  ];
  for (const text of [whole.replace(root64, root64.slice(1)), whole.slice(0, whole.indexOf(root64))]) {
    writeFileSync(torn, text);
    expect(verify(data, '--since', torn)).toMatchObject({ status: 2, stdout: '' });
  }
});

test('a fork of an older record is found by --since', async () => {
  using folder = temporaryFolder();
  cpSync(early, folder.path, { recursive: true });
  const fork = await open(folder.path);
  for (let row = 0; row < 40; row += 1) await fork.append(event('fork'));
  await fork.close();
  expect(verify(folder.path).status).toBe(0);
  expect(verify(folder.path, '--since', note)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('rewritten or forked') as string,
  });
});

test('a changed row and a foreign root are damage', () => {
  using folder = temporaryFolder();
  cpSync(data, folder.path, { recursive: true });
  expect(verify(folder.path, '--root', 'AAAA-BBBB')).toMatchObject({ status: 1 });
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    db.exec(`DROP TRIGGER ${String(name)}`);
  db.exec("UPDATE audit SET body = replace(body, '12000', '1')");
  db.close();
  const { status, stdout } = verify(folder.path);
  expect(stdout).toContain('First damage at row 3 (row-hash)');
  expect(status).toBe(1);
});

test('a copy of the record is checked by its file', () => {
  using folder = temporaryFolder();
  const copy = join(folder.path, 'chairside-record-2026.db');
  cpSync(join(data, 'record.db'), copy);
  expect(verify(copy, '--root', root)).toMatchObject({ status: 0 });
});

test('while a station has the record open a copy of that moment is checked, and that is said', async () => {
  const trail = await open(early);
  const { status, stdout } = verify(early);
  await trail.close();
  expect(stdout).toMatch(/^IN ORDER\n[^]*Not proven[^]*it runs, and a copy was checked/);
  expect(status).toBe(0);
});

test('a record that a killed station left is checked with the rows of its log, and can be opened afterwards', async () => {
  using folder = temporaryFolder();
  const writer = fileURLToPath(new URL('../../tests/faults/record-writer.ts', import.meta.url));
  const child = spawn(process.execPath, [writer, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text) => resolve(Number.parseInt(text))),
  );
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  const { status, stdout } = verify(folder.path);
  expect(status).toBe(0);
  const trail = await open(folder.path);
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
  expect(Number(/(\d+) rows are unchanged/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(told);
});

test.each([
  ['a file that is not a record', 'not a database, only words'],
  ['an empty file', ''],
])('%s is not called in order', (_, text) => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'record.db'), text);
  const { status, stdout, stderr } = verify(folder.path);
  expect(stdout).not.toContain('IN ORDER');
  expect(stderr).not.toBe('');
  expect([1, 2]).toContain(status);
});

test('--since without a checkpoint in its file, or for an export, is not a check', () => {
  const empty = join(work.path, 'empty.txt');
  writeFileSync(empty, 'nothing\n');
  expect(verify(data, '--since', empty)).toMatchObject({ status: 2, stdout: '' });
  expect(verify(data, '--since', join(work.path, 'nowhere'))).toMatchObject({ status: 2, stdout: '' });
  expect(verify(work.path, '--since', note).stderr).toContain('usage:');
});

test('anchors that cannot be read here are counted, not believed', () => {
  using folder = temporaryFolder();
  cpSync(data, folder.path, { recursive: true });
  renameSync(join(folder.path, 'anchor', 'anchor'), join(folder.path, 'anchor', 'anchor-sealed'));
  writeFileSync(join(folder.path, 'anchor', 'anchor'), 'sealed by a key store');
  rmSync(join(folder.path, 'anchor', 'anchor-sealed'));
  const { status, stdout } = verify(folder.path);
  expect(stdout).toContain('What 1 anchors say that cannot be read here');
  expect(status).toBe(0);
});

import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWriter, withoutTriggers } from '../tests/faults/record-kit.ts';
import { openTrail } from './client.ts';
import { sha256 } from './hash.ts';
import { restoreRecord } from './restore.ts';
import type { Trail } from './trail.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';

/** A record with a copy of its first session, a second session after it, and the anchor of its end. */
const work = temporaryFolder();
const lived = join(work.path, 'lived');
const stick = join(work.path, 'anchors.jsonl');
let copy = '';
let copied = 0;
let written = 0;

beforeAll(async () => {
  const trail = await openTrail({
    folder: lived,
    station: 'room 1',
    appVersion: '0',
    ballastBytes: 0,
    anchorFile: stick,
  });
  await recordSession(trail, 's1');
  const backup = await trail.backup(join(work.path, 'copies'));
  copy = backup.path;
  copied = backup.verification.rows;
  await recordSession(trail, 's2');
  ({ seq: written } = await trail.append(event('later')));
  await trail.close();
});
afterAll(() => work[Symbol.dispose]());

/** The data folder of that station, for one test. */
function dataFolder() {
  const folder = temporaryFolder();
  cpSync(lived, folder.path, { recursive: true });
  return folder;
}

const ignore = (): void => undefined;
const restore = (folder: string, from = copy, onProgress: (done: number, total: number) => void = ignore) =>
  restoreRecord({ copy: from, folder, brought: null, onProgress });

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    // SQLite leaves the index of a log behind, and an empty log where there was none.
    .filter((entry) => entry.isFile() && !/-(shm|wal)$/.test(entry.name))
    .map(({ parentPath, name }) => `${name} ${sha256(readFileSync(join(parentPath, name))).toString('hex')}`)
    .toSorted();

describe('a copy in the place of the record', () => {
  test('is the record of the next start, which tells of it once, in a new segment where the key has changed', async () => {
    using folder = dataFolder();
    const before = filesOf(lived).find((file) => file.startsWith('record.db '));
    const facts = await restore(folder.path);
    expect(facts).toMatchObject({ rows: copied, anchoredRows: written, replaced: { rows: written } });
    expect(filesOf(join(folder.path, facts.movedTo ?? ''))).toEqual([before]);
    for (const start of [1, 2]) {
      const trail = await open(folder.path);
      expect(await trail.holdRows(), `start ${start}`).toMatchObject([{ act: 'record.restored', facts }]);
      expect((await trail.status()).segment).toBe(2);
      expect(await trail.sessionRows('s1')).toHaveLength(6);
      expect(await trail.sessionRows('s2')).toEqual([]);
      await trail.close();
    }
  });

  test('keeps its anchors as evidence until two persons accept it, and passes every check from then on', async () => {
    using folder = dataFolder();
    cpSync(stick, join(folder.path, 'stick.jsonl'));
    const options = { folder: folder.path, station: 'room 1', appVersion: '0', ballastBytes: 0 };
    const withStick = () => openTrail({ ...options, anchorFile: join(folder.path, 'stick.jsonl') });
    await restore(folder.path);
    const first = await withStick();
    await expect.poll(async () => (await first.status()).concerns.join()).toContain('does not fit its anchor');
    expect((await first.verify()).damage).toMatchObject({ what: 'anchor' });
    const [restored] = await first.holdRows();
    await first.append(event('record.restore-accepted', { new: { restored: restored?.seq ?? 0 } }));
    expect((await first.verify()).damage).toBeNull();
    expect((await first.status()).concerns.join()).not.toContain('does not fit its anchor');
    await first.close();
    const second = await withStick();
    const { damage, anchors } = await second.verify();
    expect(damage).toBeNull();
    expect(anchors.map(({ size }) => size > copied)).toEqual([true, true]);
    expect((await second.status()).concerns.join()).not.toContain('does not fit its anchor');
    await second.close();
    const kept = readdirSync(folder.path, { recursive: true }).map(String);
    expect(kept.filter((name) => /retired/.test(name))).toHaveLength(2);
  });

  test('takes the place of a record that was lost, whose anchor still says how far it went', async () => {
    using folder = dataFolder();
    rmSync(join(folder.path, 'record.db'));
    expect(await restore(folder.path)).toMatchObject({ replaced: null, movedTo: null, anchoredRows: written });
    const trail = await open(folder.path);
    expect((await trail.holdRows()).map(({ act }) => act)).toEqual(['record.restored']);
    await trail.close();
  });

  test.each([
    ['is no database any more', 'only words'],
    ['is empty', ''],
  ])('takes the place of one that %s, and keeps what is left of it', async (_what, text) => {
    using folder = dataFolder();
    writeFileSync(join(folder.path, 'record.db'), text);
    rmSync(join(folder.path, 'anchor'), { recursive: true });
    const { movedTo, ...facts } = await restore(folder.path);
    expect(facts).toMatchObject({ replaced: null, anchoredRows: null, rows: copied });
    expect(readFileSync(join(folder.path, movedTo ?? '', 'record.db'), 'utf8')).toBe(text);
  });

  test('moves the log of a killed station with its record: every row of it can still be read', async () => {
    using folder = temporaryFolder();
    await (await open(folder.path)).close();
    using copies = temporaryFolder();
    const trail = await open(folder.path);
    const { path } = await trail.backup(copies.path);
    await trail.close();
    const writer = startWriter(folder.path);
    await writer.line;
    await writer.kill();
    expect(existsSync(join(folder.path, 'record.db-wal'))).toBe(true);
    const { movedTo } = await restore(folder.path, path);
    expect(existsSync(join(folder.path, 'record.db-wal'))).toBe(false);
    const db = new DatabaseSync(join(folder.path, movedTo ?? '', 'record.db'));
    const { last } = db.prepare('SELECT max(seq) AS last FROM audit').get() as { last: number };
    db.close();
    expect(last).toBeGreaterThanOrEqual(writer.seen());
  });

  test('is all that a station finds which is started meanwhile, if it is not refused', async () => {
    using folder = dataFolder();
    const starts: Promise<Trail>[] = [];
    await restore(folder.path, copy, () => starts.push(open(folder.path)));
    const [start] = await Promise.allSettled(starts);
    if (start?.status === 'rejected') expect(start.reason).toMatchObject({ code: 'RECORD_LOCKED' });
    const trail = start?.status === 'fulfilled' ? start.value : await open(folder.path);
    expect((await trail.holdRows()).map(({ act }) => act)).toEqual(['record.restored']);
    await trail.close();
  });

  test('is put there only while no station could begin to write to the old one', async () => {
    using folder = dataFolder();
    // What the thread of the restore does with the old record for as long as it works; a lock is one of a process.
    const holding = `const db = new (require('node:sqlite').DatabaseSync)(process.argv[1], { readOnly: true });
      db.exec('BEGIN'); db.prepare('SELECT count(*) FROM sqlite_schema').get();
      console.log('held'); process.stdin.resume();`;
    const held = spawn(process.execPath, ['-e', holding, join(folder.path, 'record.db')]);
    await new Promise((resolve) => held.stdout.once('data', resolve));
    await expect(open(folder.path)).rejects.toMatchObject({ code: 'RECORD_LOCKED' });
    held.kill();
  });
});

describe('nothing is touched', () => {
  test('while a station has the record open', async () => {
    using folder = dataFolder();
    const trail = await open(folder.path);
    await expect(restore(folder.path)).rejects.toMatchObject({ code: 'RECORD_LOCKED' });
    expect((await trail.verify()).rows).toBeGreaterThan(written);
    await trail.close();
    expect(readdirSync(folder.path).filter((name) => name.startsWith('record-'))).toEqual([]);
  });

  const altered = (change: (db: DatabaseSync) => void) => () => {
    const path = join(work.path, 'altered.db');
    cpSync(copy, path);
    const db = new DatabaseSync(path);
    withoutTriggers(db, () => change(db));
    db.close();
    return path;
  };
  const words = (text: string) => () => {
    const path = join(work.path, 'words.db');
    writeFileSync(path, text);
    return path;
  };

  test.each([
    ['an edited row', altered((db) => db.exec("UPDATE audit SET body = replace(body, '12000', '99000')")), /row-hash/],
    ['half a file', () => half(), /damaged|not put in place/],
    ['no database', words('only words'), /damaged/],
    ['an empty file', words(''), /no record of Chairside/],
  ])('for a copy that is %s', async (_what, make, why) => {
    using folder = dataFolder();
    const before = filesOf(folder.path);
    await expect(restore(folder.path, make())).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: why });
    expect(filesOf(folder.path)).toEqual(before);
  });

  function half(): string {
    const path = join(work.path, 'half.db');
    const bytes = readFileSync(copy);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    return path;
  }

  test.each([
    ['of another station', 'room 2', /room%202/],
    ['that goes on otherwise than its anchor', 'room 1', /anchor/],
  ])('for a copy %s', async (_what, station, why) => {
    using folder = dataFolder();
    using other = temporaryFolder();
    const trail = await openTrail({ folder: other.path, station, appVersion: '0', ballastBytes: 0 });
    for (let row = 0; row < written; row += 1) await trail.append(event('fork'));
    const { path } = await trail.backup(other.path);
    await trail.close();
    const before = filesOf(folder.path);
    await expect(restore(folder.path, path)).rejects.toMatchObject({ code: 'RECORD_DAMAGED', message: why });
    expect(filesOf(folder.path)).toEqual(before);
  });

  test('for a copy or a folder that is not there, and for a record in use in the place of a copy', async () => {
    using folder = dataFolder();
    await expect(restore(folder.path, join(folder.path, 'no.db'))).rejects.toThrow(/There is no file/);
    await expect(restore(join(folder.path, 'none'))).rejects.toThrow(/There is no folder/);
    writeFileSync(join(work.path, 'live.db-wal'), '');
    cpSync(copy, join(work.path, 'live.db'));
    await expect(restore(folder.path, join(work.path, 'live.db'))).rejects.toThrow(/a record in use, not a copy/);
  });
});

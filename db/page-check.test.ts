import { closeSync, cpSync, openSync, readdirSync, readSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTrail } from './client.ts';
import { PageCheck, type PageCheckParts } from './page-check.ts';
import { checkedElsewhere } from './page-thread.ts';
import { TestDatabase } from './test-database.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';
import type { CheckPart, Trail } from './trail.ts';

vi.setConfig({ testTimeout: 60_000 });

const GIBIBYTE = 1024 ** 3;
const COPY = /^record-pages-/;
const copiesIn = (folder: string): string[] => readdirSync(folder).filter((name) => COPY.test(name));

/** As a record is opened that is too large for a check of its pages at the start. */
const openLarge = (folder: string): Promise<Trail> =>
  openTrail({ folder, station: 'room 1', appVersion: '0.1.0', ballastBytes: 0, checkedAtStartBytes: 0 });

let made: ReturnType<typeof temporaryFolder>;
/** A record whose indexes have pages of their own, with free pages between. */
beforeAll(async () => {
  made = temporaryFolder();
  const trail = await open(made.path);
  await recordSession(trail, 's1');
  await Promise.all(Array.from({ length: 1200 }, () => trail.append(event('a'))));
  await trail.close();
  const db = new DatabaseSync(join(made.path, 'record.db'));
  db.exec('CREATE TABLE gone (body BLOB); INSERT INTO gone VALUES (zeroblob(200000)); DROP TABLE gone');
  db.close();
}, 120_000);
afterAll(() => made[Symbol.dispose]());

/** A closed one of its own for each test. */
function closedRecord(folder: string): string {
  cpSync(made.path, folder, { recursive: true });
  return join(folder, 'record.db');
}

interface Page {
  readonly bytes: Buffer;
  readonly write: () => void;
}

function pageOf(path: string, number: number, size: number): Page {
  const bytes = Buffer.alloc(size);
  const file = openSync(path, 'r');
  readSync(file, bytes, 0, size, (number - 1) * size);
  closeSync(file);
  const write = (): void => {
    const to = openSync(path, 'r+');
    writeSync(to, bytes, 0, size, (number - 1) * size);
    closeSync(to);
  };
  return { bytes, write };
}

/** A leaf of an index that no row of a session stands in. */
function indexLeaf(path: string): Page {
  const db = new DatabaseSync(path, { readOnly: true });
  const [leaf] = db
    .prepare("SELECT pageno, pgsize FROM dbstat WHERE name = 'audit_station' AND pagetype = 'leaf' ORDER BY pageno")
    .all();
  db.close();
  if (leaf === undefined) throw new Error('the index has no leaf of its own');
  return pageOf(path, Number(leaf['pageno']), Number(leaf['pgsize']));
}

const PAGE = 4096;
/** Of the header, https://sqlite.org/fileformat2.html */
const FIRST_FREE = 32;
const FREE_PAGES = 36;

const DAMAGES: readonly [what: string, (path: string) => void][] = [
  [
    'a zeroed page of an index',
    (path) => {
      const { bytes, write } = indexLeaf(path);
      bytes.fill(0);
      write();
    },
  ],
  [
    'a flipped bit in the cells of an index',
    (path) => {
      const { bytes, write } = indexLeaf(path);
      // The last byte of the page is the number of its first row.
      bytes.writeUInt8(bytes.readUInt8(PAGE - 1) ^ 1, PAGE - 1);
      write();
    },
  ],
  [
    'a flipped bit in the header of a page',
    (path) => {
      const { bytes, write } = indexLeaf(path);
      bytes.writeUInt8(bytes.readUInt8(4) ^ 1, 4);
      write();
    },
  ],
  [
    'a flipped bit in the list of free pages',
    (path) => {
      const trunk = pageOf(path, 1, PAGE).bytes.readUInt32BE(FIRST_FREE);
      const { bytes, write } = pageOf(path, trunk, PAGE);
      bytes.writeUInt32BE(bytes.readUInt32BE(8 + 4 * 20) ^ 1, 8 + 4 * 20);
      write();
    },
  ],
  [
    'a list of free pages that got lost',
    (path) => {
      const { bytes, write } = pageOf(path, 1, PAGE);
      bytes.writeUInt32BE(0, FIRST_FREE);
      bytes.writeUInt32BE(0, FREE_PAGES);
      write();
    },
  ],
];

test.each(DAMAGES)('%s is found in a record too large for the check at the start', async (_what, damage) => {
  using folder = temporaryFolder();
  const path = closedRecord(folder.path);
  damage(path);
  const trail = await openLarge(folder.path);
  expect((await trail.verify()).damage).toBeNull();
  expect((await trail.verify(undefined, undefined, 'file')).damage).toMatchObject({ what: 'pages' });
  // Every later check says it too, and so does the export.
  expect((await trail.verify()).damage).toMatchObject({ what: 'pages' });
  expect((await trail.status()).concerns.join()).toMatch(/do not fit each other/);
  await trail.close();
});

test('a check of the file says how far it is: its rows, the copy, its pages; rows are written meanwhile and no copy stays', async () => {
  using folder = temporaryFolder();
  closedRecord(folder.path);
  const trail = await openLarge(folder.path);
  const steps: { part: CheckPart; done: number; total: number }[] = [];
  let written: Promise<unknown> = Promise.resolve();
  const found = await trail.verify(
    (done, total, part) => {
      steps.push({ part, done, total });
      written = trail.append(event('meanwhile'));
    },
    undefined,
    'file',
  );
  await written;
  expect(found).toMatchObject({ damage: null });
  expect(found.pagesUnchecked).toBeUndefined();
  const pages = Math.floor(statSync(join(folder.path, 'record.db')).size / PAGE);
  expect([...new Set(steps.map(({ part }) => part))]).toEqual(['rows', 'copy', 'pages']);
  for (const part of ['copy', 'pages'] as const) {
    const own = steps.filter((step) => step.part === part);
    expect(own.length).toBeGreaterThan(2);
    expect(own.map(({ done }) => done)).toEqual(own.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(own.every(({ done, total }) => done <= total && total >= pages)).toBe(true);
  }
  expect(copiesIn(folder.path)).toEqual([]);
  await trail.close();
});

const CANCELLED = { code: 'RECORD_FAILED', message: expect.stringMatching(/cancelled/) as string };

test('a check that is cancelled at its copy says nothing and leaves no copy', async () => {
  using folder = temporaryFolder();
  closedRecord(folder.path);
  const trail = await openLarge(folder.path);
  const abort = new AbortController();
  const onProgress = (_done: number, _total: number, part: CheckPart): void => {
    if (part === 'copy') abort.abort();
  };
  await expect(trail.verify(onProgress, abort.signal, 'file')).rejects.toMatchObject(CANCELLED);
  expect(copiesIn(folder.path)).toEqual([]);
  await trail.append(event('a'));
  expect(await trail.verify(undefined, undefined, 'file')).toMatchObject({ damage: null });
  await trail.close();
});

test('a record that is closed during the check of its pages does not wait for it, and leaves no copy', async () => {
  using folder = temporaryFolder();
  closedRecord(folder.path);
  const trail = await openLarge(folder.path);
  const reached = Promise.withResolvers<void>();
  const check = trail.verify((_done, _total, part) => part === 'pages' && reached.resolve(), undefined, 'file');
  // So small a record may be through its check before the close has come; else it is refused.
  const ended = check.then(
    ({ damage }) => damage,
    ({ code }) => code,
  );
  await reached.promise;
  await trail.close();
  expect([null, 'RECORD_FAILED']).toContain(await ended);
  expect(copiesIn(folder.path)).toEqual([]);
});

test('a copy that a crash left is removed at the next start', async () => {
  using folder = temporaryFolder();
  closedRecord(folder.path);
  for (const name of ['record-pages-1.db', 'record-pages-1.db-journal']) writeFileSync(join(folder.path, name), 'left');
  const trail = await open(folder.path);
  expect(copiesIn(folder.path)).toEqual([]);
  await trail.close();
});

const progress = (): void => undefined;
const pageCheck = (folder: string, parts: Partial<PageCheckParts>): PageCheck =>
  new PageCheck({
    db: new TestDatabase(),
    folder,
    found: null,
    room: () => 2 * GIBIBYTE,
    copyTo: async (path) => writeFileSync(path, 'copied'),
    check: async () => null,
    ...parts,
  });

test('where the disk has no room for a copy the check says so, and makes none', async () => {
  using folder = temporaryFolder();
  let copies = 0;
  const copyTo = async (): Promise<void> => void (copies += 1);
  const check = pageCheck(folder.path, { room: () => GIBIBYTE - 1, copyTo });
  expect(await check.run(progress, new AbortController().signal)).toMatch(/not checked: .*1023 MiB are left/);
  expect(copies).toBe(0);
});

test('a copy ends where the disk gets full meanwhile, and what it took is given back', async () => {
  using folder = temporaryFolder();
  let room = 2 * GIBIBYTE;
  const copyTo: PageCheckParts['copyTo'] = async (path, onProgress) => {
    writeFileSync(path, 'half');
    room = GIBIBYTE / 2;
    onProgress(1, 2);
  };
  const check = pageCheck(folder.path, { room: () => room, copyTo });
  expect(await check.run(progress, new AbortController().signal)).toMatch(/512 MiB are left/);
  expect(copiesIn(folder.path)).toEqual([]);
});

test('a check that is cancelled at its pages says nothing and leaves no copy', async () => {
  using folder = temporaryFolder();
  const abort = new AbortController();
  // A thread that is never done: a real one may be before the cancel has come.
  const begin = (to: MessagePort): void => to.postMessage({ kind: 'progress', done: 1, total: 2 });
  const check = pageCheck(folder.path, {
    check: (_copy, onProgress, signal) => checkedElsewhere(begin, onProgress, signal),
  });
  const onProgress = (_done: number, _total: number, part: CheckPart): void => {
    if (part === 'pages') abort.abort();
  };
  await expect(check.run(onProgress, abort.signal)).rejects.toMatchObject(CANCELLED);
  expect(copiesIn(folder.path)).toEqual([]);
});

test('a second check waits for the first, and what the newest found counts', async () => {
  using folder = temporaryFolder();
  const damage = { seq: 0, what: 'pages', detail: 'torn' } as const;
  const found = [damage, null];
  let running = 0;
  const check = pageCheck(folder.path, {
    check: async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return found.shift() ?? null;
    },
  });
  const { signal } = new AbortController();
  const first = check.run(progress, signal).then(() => check.found);
  const second = check.run(progress, signal).then(() => check.found);
  expect(await Promise.all([first, second])).toEqual([damage, null]);
});

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { Ballast } from './ballast.ts';
import { fileKeyStore } from './keys.ts';
import { migrate } from './migrate.ts';
import { PageCheck } from './page-check.ts';
import { RecordDesk } from './record-desk.ts';
import type { SessionPage, SessionSearch } from './session-search.ts';
import { TestDatabase } from './test-database.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';
import type { RecordStatus } from './trail.ts';

const EVERYTHING = { words: [], from: null, to: null, state: null, balance: null, verification: null, signed: null };
const SEARCH: SessionSearch = {
  ...EVERYTHING,
  withAlarms: null,
  withPauses: null,
  withOverrides: null,
  withNotes: null,
  breakGlass: null,
  chairId: null,
  person: null,
  peopleByWord: new Map(),
  needsReview: null,
  sort: 'openedAt',
  descending: false,
  limit: 50,
  after: null,
};

/** The record in this thread, so that nobody has to wait for its timers. */
function desk(folder: string, pageRoom = 1e12) {
  const db = new TestDatabase();
  migrate(db, new URL('./schema/', import.meta.url));
  const run = { station: 'room 1', app: '0.1.0', boot: 'boot' };
  const ballast = new Ballast(join(folder, 'reserve.bin'));
  const keyStore = fileKeyStore(join(folder, 'keys'));
  const copyTo = (): Promise<object> => Promise.reject(new Error('not here'));
  const pages = new PageCheck({
    db,
    folder,
    found: null,
    room: () => pageRoom,
    copyTo: async () => undefined,
    check: async () => null,
  });
  const served = new RecordDesk({ db, run, ballast, keyStore, places: [], copyTo, pages, room: () => 1e12 });
  const ask = async (call: object): Promise<unknown> =>
    served.serve({ id: 1, args: [], ...call } as Parameters<RecordDesk['serve']>[0], () => undefined);
  return {
    db,
    ask,
    check: () => served.checkWhole(),
    status: async () => (await ask({ name: 'status' })) as RecordStatus,
    find: async (change: Partial<SessionSearch> = {}) =>
      (await ask({ name: 'findSessions', args: [{ ...SEARCH, ...change }] })) as SessionPage,
    rows: (act: string) => db.prepare('SELECT body FROM audit WHERE act = ?').all(act),
  };
}

async function withSession(folder: string, pageRoom?: number) {
  const { ask, ...record } = desk(folder, pageRoom);
  const own = { session: 's1', patient: 'p' };
  const person = { id: 's1', chairId: '1', patientId: 'p', patientName: 'n', clinician: 'c' };
  await ask({ name: 'openSession', args: [person, event('session.open', own)] });
  await ask({ name: 'append', args: [event('alarm.raised', own)] });
  const end = event('session.close', { ...own, new: { state: 'interrupted' } });
  await ask({ name: 'closeSession', args: ['s1', 'interrupted', end] });
  return record;
}

test('the record checks itself from the first row on, shows how far it is and what it found, and writes it down', async () => {
  using folder = temporaryFolder();
  const record = await withSession(folder.path);
  expect((await record.status()).check.state).toBe('never');
  const ended = record.check();
  expect((await record.status()).check.state).toBe('running');
  await ended;
  const { check } = await record.status();
  expect(check).toMatchObject({ state: 'whole', rowsDone: check.rowsTotal, root: expect.any(String) as string });
  expect(record.rows('record.verified')).toHaveLength(1);
  expect((await record.find({ verification: 'verified' })).total).toBe(1);
});

test('a check that had no room for the pages of the file says so on the screen and in its row', async () => {
  using folder = temporaryFolder();
  const record = await withSession(folder.path, 0);
  await record.check();
  const told = expect.stringMatching(/pages of its file were not checked: .* 0 MiB are left/) as string;
  expect((await record.status()).check).toMatchObject({ state: 'whole', pages: null, detail: told });
  const [row] = record.rows('record.verified') as { readonly body: string }[];
  expect(JSON.parse(row?.body ?? '')).toMatchObject({ outcome: 'ok', new: { whole: true, pagesUnchecked: told } });
});

test('what it finds is an alarm, a row, and stands in its state', async () => {
  using folder = temporaryFolder();
  const record = await withSession(folder.path);
  record.db.exec("UPDATE session SET state = 'ended'");
  await record.check();
  const { check, concerns } = await record.status();
  expect(check).toMatchObject({ state: 'damaged', detail: expect.stringMatching(/another end/) as string });
  expect(concerns.join()).toMatch(/damaged at row 4/);
  expect(record.rows('log.damage')).toHaveLength(1);
  expect((await record.find()).rows).toMatchObject([{ verification: 'damaged' }]);
});

test('a list of sessions that somebody edited in the file is read anew from the rows, and a row says so', async () => {
  using folder = temporaryFolder();
  const record = await withSession(folder.path);
  expect((await record.find({ needsReview: true })).total).toBe(1);
  record.db.exec("UPDATE session_facts SET signed = 'yes', alarms = 0");
  record.db.exec('UPDATE session_facts_tip SET verified_upto = 1000000');
  expect((await record.find({ verification: 'verified' })).total).toBe(0);
  await record.check();
  expect((await record.find({ needsReview: true })).rows).toMatchObject([{ id: 's1', signed: 'no', alarms: 1 }]);
  expect(record.rows('log.facts.corrected')).toHaveLength(1);
  await record.check();
  expect(record.rows('log.facts.corrected')).toHaveLength(1);
});

test('an index that lost a row is found at the start: what is read by it would lack that row', async () => {
  using folder = temporaryFolder();
  const before = await open(folder.path);
  await recordSession(before, 's1');
  await before.close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  db.enableDefensive(false);
  db.exec('PRAGMA writable_schema = ON');
  db.exec("UPDATE sqlite_schema SET sql = replace(sql, 'session IS NOT NULL', 'seq < 4') WHERE name = 'audit_session'");
  db.close();
  const trail = await open(folder.path);
  expect((await trail.verify()).damage).toMatchObject({ what: 'pages', detail: /pages do not fit/ });
  await trail.close();
});

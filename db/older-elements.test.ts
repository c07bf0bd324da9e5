import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import type { SessionSearch } from './session-search.ts';
import { event, open, temporaryFolder } from './test-kit.ts';
import type { Trail } from './trail.ts';

vi.setConfig({ testTimeout: 120_000 });

const NEW_COLUMNS = ['pumps', 'pauses', 'overrides', 'given_ug', 'ending', 'signers', 'people'];

const EVERYTHING: SessionSearch = {
  words: [],
  from: null,
  to: null,
  state: null,
  balance: null,
  verification: null,
  signed: null,
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

/** One session in which each element that version 11 added has something to tell. */
async function recordRich(trail: Trail): Promise<void> {
  const person = { chairId: '1', patientId: 'p-1', patientName: 'Ada Example', clinician: 'nurse-7' };
  await trail.append(event('pump.identity', { new: { model: 'NE-1000', firmware: '3.928', serial: null } }));
  const own = { session: 's1', patient: 'p-1' };
  await trail.openSession(
    { id: 's1', ...person },
    event('session.open', { ...own, new: { drug: 'ketamine', drugLot: 'L1' } }),
  );
  await trail.append(event('limit.override', own));
  await trail.append(
    event('session.phase', { ...own, reason: 'SpO2 low', new: { phase: 'paused', deliveredUg: 1234 } }),
  );
  await trail.append(
    event('session.phase', { ...own, reason: 'patient asked', new: { phase: 'ended', deliveredUg: 1240 } }),
  );
  await trail.closeSession('s1', 'ended', event('session.close', { ...own, new: { state: 'ended' } }));
}

/** Tables and indexes of a file, by name. */
const schemaOf = (db: DatabaseSync): readonly unknown[] =>
  db
    .prepare(
      "SELECT name, replace(sql, char(10), ' ') AS sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();

/** The file as the version before left it: with what it knew, and with nothing that came after it. */
function toVersion10(file: string): void {
  const db = new DatabaseSync(file);
  for (const column of NEW_COLUMNS) db.exec(`ALTER TABLE session_facts DROP COLUMN ${column}`);
  db.exec('DROP INDEX audit_pumps; DROP INDEX audit_clock_steps; PRAGMA user_version = 10');
  const real = new DatabaseSync(':memory:');
  const schema = join(import.meta.dirname, 'schema');
  for (const name of readdirSync(schema)
    .toSorted()
    .filter((each) => each < '0011')) {
    real.exec(readFileSync(join(schema, name), 'utf8'));
  }
  expect(schemaOf(db)).toEqual(schemaOf(real));
  expect(db.prepare('SELECT count(*) AS known FROM session_facts').get()).toEqual({ known: 1 });
  real.close();
  db.close();
}

test('sessions from before their elements were kept have them after the first search of this version, read from their rows', async () => {
  using folder = temporaryFolder();
  const before = await open(folder.path);
  await recordRich(before);
  const known = await before.findSessions(EVERYTHING);
  await before.close();
  expect(known.rows).toMatchObject([{ pumps: 'NE-1000 no serial told 3.928', pauses: 1, overrides: 1 }]);

  toVersion10(join(folder.path, 'record.db'));
  const after = await open(folder.path);
  expect(await after.findSessions(EVERYTHING)).toEqual(known);
  expect((await after.findSessions({ ...EVERYTHING, withPauses: true, person: 'nurse-7' })).total).toBe(1);
  expect((await after.verify()).damage).toBeNull();
  await after.close();
});

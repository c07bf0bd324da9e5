import { expect, test } from 'vitest';
import { KeyFacts } from './key-facts.ts';
import { fileKeyStore } from './keys.ts';
import { AuditLog } from './log.ts';
import { migrate } from './migrate.ts';
import { TestDatabase } from './test-database.ts';
import { event, temporaryFolder } from './test-kit.ts';

/** Counts the questions that the record is asked. */
class CountedDatabase extends TestDatabase {
  asked = 0;

  override prepare(source: string): ReturnType<TestDatabase['prepare']> {
    this.asked += 1;
    return super.prepare(source);
  }
}

function begin(folder: string) {
  const db = new CountedDatabase();
  migrate(db, new URL('./schema/', import.meta.url));
  const log = AuditLog.open(db, { station: 'room 1', app: '0.1.0', boot: 'boot' }, fileKeyStore(folder));
  const facts = new KeyFacts(db, 'room 1');
  log.onRow((act) => facts.saw(act));
  return { db, log, facts };
}

test('the state of the record is told every 5 s without a question to it, as long as no row changes its keys', () => {
  using folder = temporaryFolder();
  const { db, log, facts } = begin(folder.path);
  const first = facts.now;
  log.append(event('alarm.raised'));
  const before = db.asked;
  for (let time = 0; time < 1000; time++) expect(facts.now).toBe(first);
  expect(db.asked).toBe(before);
});

test('an enrolment is told with the next state, and only that of the right fingerprint', () => {
  using folder = temporaryFolder();
  const { log, facts } = begin(folder.path);
  const { rootFingerprint } = facts.now;
  log.append(event('key.enrolled', { new: { rootFingerprint: 'another' } }));
  expect(facts.now.enrolled).toBe(false);
  log.append(event('key.enrolled', { new: { rootFingerprint } }));
  expect(facts.now).toMatchObject({ enrolled: true, rootFingerprint, segment: 1 });
});

test('a change of the signing key is read, and leaves root and segment as they are', () => {
  using folder = temporaryFolder();
  const { db, log, facts } = begin(folder.path);
  const first = facts.now;
  log.rotate();
  const before = db.asked;
  expect(facts.now).toEqual(first);
  expect(db.asked).toBeGreaterThan(before);
});

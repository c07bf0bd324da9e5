import { expect, test } from 'vitest';
import { type KeyPair, type KeyStore, newSeed } from './keys.ts';
import { AuditLog } from './log.ts';
import { readKeyChain } from './log-readers.ts';
import { migrate } from './migrate.ts';
import { TestDatabase } from './test-database.ts';
import { event } from './test-kit.ts';
import { verifyRecord } from './verify-record.ts';

const RUN = { station: 'room 1', app: '0.1.0', boot: 'boot' };

/** A key store that survives a power cut and stops taking keys when told to. */
class CutStore implements KeyStore {
  readonly isSealed = false;
  readonly problem = null;
  keys: KeyPair | null = null;
  savesLeft = Number.POSITIVE_INFINITY;

  load(): KeyPair | null {
    return this.keys;
  }

  save(keys: KeyPair): void {
    if (this.savesLeft === 0) throw new Error('power cut');
    this.savesLeft -= 1;
    this.keys = keys;
  }
}

function begin() {
  const db = new TestDatabase();
  migrate(db, new URL('./schema/', import.meta.url));
  const store = new CutStore();
  return { db, store, log: AuditLog.open(db, RUN, store) };
}

const damageOf = async (db: TestDatabase) => (await verifyRecord(db)).damage;

test.each([
  ['before the new key is saved', 0, 1],
  ['after the row that names the new key', 1, 2],
  ['after the old key is forgotten', 2, 2],
])('a rotation cut %s leaves a trail that goes on', async (_, saves, rows) => {
  const { db, store, log } = begin();
  store.savesLeft = saves;
  try {
    log.rotate();
  } catch (error) {
    expect(String(error)).toContain('power cut');
  }

  store.savesLeft = Number.POSITIVE_INFINITY;
  const next = AuditLog.open(db, RUN, store);
  expect(next.append(event('after.cut')).seq).toBe(rows + 1);
  next.rotate();
  expect(await damageOf(db)).toBeNull();
});

test('a new key that was saved but never named is not used', async () => {
  const { db, store } = begin();
  store.keys = { current: store.keys?.current ?? newSeed(), next: newSeed() };
  const log = AuditLog.open(db, RUN, store);
  log.append(event('a'));
  expect(await damageOf(db)).toBeNull();
});

test('a rotation forgets the old key', () => {
  const { db, store, log } = begin();
  const before = store.keys?.current;
  log.rotate();
  expect(store.keys?.next).toBeNull();
  expect(store.keys?.current).not.toEqual(before);
  expect(readKeyChain(db)?.currentKey).not.toEqual(readKeyChain(db)?.rootKey);
});

test('an append that fails in the database leaves nothing behind and the next one takes its number', async () => {
  const { db, log } = begin();
  const fail = () => log.append(event('a'), { write: () => db.exec('INSERT INTO nowhere VALUES (1)') });
  expect(fail).toThrow(/nowhere/);
  expect(log.append(event('b')).seq).toBe(2);
  expect(await damageOf(db)).toBeNull();
});

test('a station that is renamed goes on under the origin of its first row', async () => {
  const { db, store } = begin();
  const log = AuditLog.open(db, { ...RUN, station: 'room 2' }, store);
  log.append(event('a'));
  expect(await damageOf(db)).toBeNull();
});

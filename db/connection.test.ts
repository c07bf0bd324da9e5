import { expect, test } from 'vitest';
import { prepareConnection } from './connection.ts';
import { TestDatabase } from './test-database.ts';

// A database in memory has no log on disk; that it says so is the one lie every test here starts from.
const SOUND = { journal_mode: 'wal' };

test('a database that takes every setting is used', () => {
  const db = new TestDatabase(SOUND);
  prepareConnection(db);
  expect(db.pragma('synchronous')).toBe(2);
  expect(db.pragma('recursive_triggers')).toBe(1);
  expect(db.pragma('trusted_schema')).toBe(0);
});

test.each([
  ['journal_mode', 'delete'],
  ['synchronous', 1],
  ['fullfsync', 0],
  ['checkpoint_fullfsync', 0],
  ['trusted_schema', 1],
  ['cell_size_check', 0],
  ['recursive_triggers', 0],
  ['foreign_keys', 0],
  ['wal_autocheckpoint', 1000],
])('R-8.2: a database that keeps %s at %s is refused', (name, value) => {
  const refused = expect.objectContaining({ code: 'RECORD_FAILED', message: expect.stringContaining(name) as string });
  expect(() => prepareConnection(new TestDatabase({ ...SOUND, [name]: value }))).toThrow(refused);
});

test('a database that others can open too is refused', () => {
  const shared = new TestDatabase({ ...SOUND, locking_mode: 'normal' });
  expect(() => prepareConnection(shared)).toThrow(expect.objectContaining({ code: 'RECORD_LOCKED' }));
});

test.each(['3.40.1', '3.51.2', '2.99.9'])('SQLite %s, which can lose committed rows, is refused', (version) => {
  const old = new TestDatabase({ ...SOUND, sqlite_version: version });
  expect(() => prepareConnection(old)).toThrow(/can lose committed rows/);
});

test.each(['3.51.3', '3.52.0', '4.0.0'])('SQLite %s is used', (version) => {
  expect(() => prepareConnection(new TestDatabase({ ...SOUND, sqlite_version: version }))).not.toThrow();
});

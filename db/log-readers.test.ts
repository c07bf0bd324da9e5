import { expect, test } from 'vitest';
import { hexRowReader } from './log-readers.ts';
import { TestDatabase } from './test-database.ts';

test('a hash that somebody stored as text of the same bytes is no hash', () => {
  const db = new TestDatabase();
  // Without STRICT, as the schema of a file can be changed to be.
  db.exec('CREATE TABLE audit (seq INTEGER PRIMARY KEY, body TEXT, hash)');
  const hash = Buffer.alloc(32, 'h');
  const insert = db.prepare('INSERT INTO audit (body, hash) VALUES (?, ?)');
  insert.run('{}', hash);
  insert.run('{}', hash.toString());
  insert.run('{}', null);
  const rows = hexRowReader(db)(0, 3, 3);
  expect(rows.map((row) => row.hash)).toEqual([hash.toString('hex'), '', '']);
  db.close();
});

import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { fileKeyStore } from './keys.ts';
import { AuditLog } from './log.ts';
import { migrate } from './migrate.ts';
import { TestDatabase } from './test-database.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';
import { Upkeep } from './upkeep.ts';

test('a rotation that fails is no failure of the caller, and becomes a row', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  rmSync(join(folder.path, 'keys'), { recursive: true });
  writeFileSync(join(folder.path, 'keys'), 'in the way');
  await recordSession(trail, 's1');
  await trail.append(event('a'));
  await trail.append(event('b'));
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();

  const db = new DatabaseSync(join(folder.path, 'record.db'));
  const rows = db.prepare("SELECT body ->> '$.outcome' AS outcome FROM audit WHERE act = 'log.upkeep'").all();
  db.close();
  expect(rows).toMatchObject([{ outcome: 'failed' }]);
});

test('the write-ahead log is emptied between events', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await Promise.all(Array.from({ length: 1200 }, () => trail.append(event('a'))));
  await trail.sessions();
  // A checkpoint moves the pages over, so the main file has grown although the record is still open.
  expect(statSync(join(folder.path, 'record.db')).size).toBeGreaterThan(400_000);
  await trail.close();
});

/** A file that takes no page back from its write-ahead log. */
class BadFile extends TestDatabase {
  tries = 0;

  override pragma(source: string): unknown {
    if (!source.startsWith('wal_checkpoint')) return super.pragma(source);
    this.tries += 1;
    throw new Error('disk I/O error');
  }
}

test('a log that cannot go back into the file is tried again after as many rows, and not after each', () => {
  using folder = temporaryFolder();
  const db = new BadFile();
  migrate(db, new URL('./schema/', import.meta.url));
  const log = AuditLog.open(db, { station: 'room 1', app: '0.1.0', boot: 'boot' }, fileKeyStore(folder.path));
  const upkeep = new Upkeep(db, log, () => []);
  for (let row = 0; row < 1200; row += 1) {
    log.append(event('a'));
    upkeep.run();
  }
  expect(db.tries).toBe(2);
  expect(db.prepare("SELECT count(*) AS rows FROM audit WHERE act = 'log.upkeep'").get()).toEqual({ rows: 2 });
});

import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';

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

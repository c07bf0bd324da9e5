import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { tamper } from '../tests/faults/record-kit.ts';
import { leafHash, sha256 } from './hash.ts';
import { event, open, temporaryFolder } from './test-kit.ts';

interface Row {
  readonly seq: number;
  readonly body: string;
}

const CHANGE = { people: [{ id: 'ada', role: 'technician', secret: 'scrypt$secret' }], recovery: null };
const row = event('access.change', { new: { what: 'person added', person: 'ada' } });

async function recorded(folder: string): Promise<void> {
  const trail = await open(folder);
  await trail.putAccess(CHANGE, row);
  await trail.close();
}

function edit(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, 'record.db'));
  db.exec(sql);
  db.close();
}

test('a change of access is in the record with its row, and its secret is not in the row', async () => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  const trail = await open(folder.path);
  expect(await trail.accessChanges()).toEqual([CHANGE]);
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  const { body } = db.prepare("SELECT body FROM audit WHERE act = 'access.change'").get() as { body: string };
  db.close();
  expect(body).toContain('person added');
  expect(body).toContain('sha256');
  expect(body).not.toContain('scrypt');
});

test('a change of access has a row of that act', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await expect(trail.putAccess(CHANGE, event('people.put'))).rejects.toMatchObject({ code: 'RECORD_FAILED' });
  expect(await trail.accessChanges()).toEqual([]);
  await trail.close();
});

test.each([
  [
    'edited',
    `UPDATE access_change SET body = CAST(replace(CAST(body AS TEXT), 'technician', 'administrator') AS BLOB)`,
  ],
  ['deleted', 'DELETE FROM access_change'],
  ['added', `INSERT INTO access_change SELECT 1, body FROM access_change`],
])('a role gained by a change that was %s behind the record is damage', async (_how, sql) => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  tamper(folder.path, (db) => db.exec(sql));
  const trail = await open(folder.path);
  await expect(trail.accessChanges()).rejects.toMatchObject({ code: 'RECORD_DAMAGED' });
  expect((await trail.verify()).damage).toMatchObject({ what: 'access' });
  await trail.close();
});

test('a role gained by a change that was forged together with its row and its hash is damage, before anybody signs in', async () => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  tamper(folder.path, forgeRole);
  const trail = await open(folder.path);
  await expect(trail.accessChanges()).rejects.toMatchObject({ code: 'RECORD_DAMAGED' });
  await trail.close();
});

function forgeRole(db: DatabaseSync): void {
  const kept = db.prepare('SELECT seq, CAST(body AS TEXT) AS body FROM access_change').get() as unknown as Row;
  const vouching = db.prepare('SELECT seq, body FROM audit WHERE seq = ?').get(kept.seq) as unknown as Row;
  const forged = kept.body.replace('technician', 'administrator');
  const hex = (bytes: string) => sha256(Buffer.from(bytes)).toString('hex');
  const body = vouching.body.replace(hex(kept.body), hex(forged));
  expect(body).not.toBe(vouching.body);
  db.prepare('UPDATE access_change SET body = ? WHERE seq = ?').run(Buffer.from(forged), kept.seq);
  db.prepare('UPDATE audit SET body = ?, hash = ? WHERE seq = ?').run(body, leafHash(body), kept.seq);
}

test.each(["UPDATE access_change SET body = x'00'", 'DELETE FROM access_change'])('"%s" is stopped', async (sql) => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  expect(() => edit(folder.path, sql)).toThrow('never');
});

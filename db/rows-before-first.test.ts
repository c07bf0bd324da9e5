import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { leafHash, sha256 } from './hash.ts';
import { jcs } from './jcs.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';

vi.setConfig({ testTimeout: 60_000 });

/** With the triggers as they were, so that nothing but the rows is another one. */
function putBefore(folder: string, seq: number, act: string, details: object, kept: Buffer | null = null): void {
  const db = new DatabaseSync(join(folder, 'record.db'));
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  const { body } = db.prepare('SELECT body FROM audit WHERE seq = 2').get() as { readonly body: string };
  const { seal: _, ...members } = JSON.parse(body) as Record<string, unknown>;
  const forged = jcs({ ...members, seq, act, ...details });
  db.prepare('INSERT INTO audit (seq, body, hash) VALUES (?, ?, ?)').run(seq, forged, leafHash(forged));
  if (kept !== null) db.prepare('INSERT INTO access_change (seq, body) VALUES (?, ?)').run(seq, kept);
  for (const { sql } of triggers) db.exec(String(sql));
  db.close();
}

async function recorded(folder: string): Promise<void> {
  const trail = await open(folder);
  await recordSession(trail, 's1');
  await trail.close();
}

test.each([-5, 0])('a row of a session put in as row %i is damage in every check, and a concern', async (seq) => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  putBefore(folder.path, seq, 'session.note', { new: { text: 'nobody wrote this' } });
  const trail = await open(folder.path);
  const damage = { seq, what: 'seq' };
  expect((await trail.verify(undefined, undefined, 'newest')).damage).toMatchObject(damage);
  expect((await trail.verify()).damage).toMatchObject(damage);
  expect((await trail.status()).concerns.join()).toContain(`row ${seq} stands before the first row`);
  expect((await trail.bundle('s1')).verification.damage).toMatchObject(damage);
  await trail.close();
});

test('a person put in before the first row has no rights: what is read of people is what was signed', async () => {
  using folder = temporaryFolder();
  await recorded(folder.path);
  const kept = Buffer.from(jcs({ people: [{ id: 'eve', role: 'administrator' }], recovery: null }));
  const named = { new: { sha256: sha256(kept).toString('hex') }, session: null, patient: null };
  putBefore(folder.path, -1, 'access.change', named, kept);
  const trail = await open(folder.path);
  await expect(trail.accessChanges()).rejects.toMatchObject({ code: 'RECORD_DAMAGED' });
  await trail.append(event('a'));
  await trail.close();
});

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { event, open, temporaryFolder } from './test-kit.ts';

test('what was accepted comes back in its order, without what was denied or changed behind the record', async () => {
  using folder = temporaryFolder();
  const before = await open(folder.path);
  await before.append(event('configuration.accepted', { new: { digest: 'one' } }));
  await before.append(event('session.note', { new: { digest: 'other' } }));
  await before.append(event('configuration.accepted', { outcome: 'denied', new: { digest: 'two' } }));
  await before.append(event('record.restored', { new: { rows: 7 } }));
  const { seq } = await before.append(event('configuration.accepted', { new: { digest: 'three' } }));
  const all = await before.holdRows();
  expect(all.map(({ act, facts }) => [act, facts])).toEqual([
    ['configuration.accepted', { digest: 'one' }],
    ['record.restored', { rows: 7 }],
    ['configuration.accepted', { digest: 'three' }],
  ]);
  await before.close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  db.exec('DROP TRIGGER audit_is_never_changed');
  db.exec(`UPDATE audit SET body = replace(body, 'three', 'other') WHERE seq = ${seq}`);
  db.close();
  const after = await open(folder.path);
  expect(await after.holdRows()).toEqual(all.slice(0, -1));
  await after.close();
});

test('the question is answered by its index', async () => {
  using folder = temporaryFolder();
  await (await open(folder.path)).close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT seq, body, hash FROM audit
       WHERE act IN ('configuration.accepted', 'record.restored', 'record.restore-accepted') ORDER BY seq`,
    )
    .all();
  db.close();
  expect(JSON.stringify(plan)).toContain('audit_holds');
});

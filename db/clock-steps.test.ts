import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { event, open, temporaryFolder } from './test-kit.ts';

test('steps of the wall clock come back in their order, without one that was changed behind the record', async () => {
  using folder = temporaryFolder();
  const before = await open(folder.path);
  const forward = await before.append(event('clock.step', { new: { stepMs: 3_600_000 } }));
  await before.append(event('session.note', { new: { stepMs: 5 } }));
  const back = await before.append(event('clock.step', { new: { stepMs: -7000 } }));
  await before.append(event('clock.step', { new: { stepMs: 'far' } }));
  expect(await before.clockSteps()).toEqual([
    { seq: forward.seq, stepMs: 3_600_000 },
    { seq: back.seq, stepMs: -7000 },
  ]);
  await before.close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  db.exec('DROP TRIGGER audit_is_never_changed');
  db.exec(`UPDATE audit SET body = replace(body, '3600000', '0') WHERE seq = ${forward.seq}`);
  db.close();
  const after = await open(folder.path);
  expect(await after.clockSteps()).toEqual([{ seq: back.seq, stepMs: -7000 }]);
  await after.close();
});

test('the question is answered by its index', async () => {
  using folder = temporaryFolder();
  await (await open(folder.path)).close();
  const db = new DatabaseSync(join(folder.path, 'record.db'));
  const plan = db
    .prepare(`EXPLAIN QUERY PLAN SELECT seq, body, hash FROM audit WHERE act = 'clock.step' ORDER BY seq`)
    .all();
  db.close();
  expect(plan).toMatchObject([{ detail: expect.stringContaining('audit_clock_steps') }]);
});

import { expect, test } from 'vitest';
import { event, open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import type { Trail } from '../../db/trail.ts';
import { tamper } from './record-kit.ts';

const newest = (trail: Trail) => trail.verify(undefined, undefined, 'newest');
const concerns = async (trail: Trail) => (await trail.status()).concerns.join();

function edit(folder: string, seq: number): void {
  tamper(folder, (db) => {
    db.prepare("UPDATE audit SET body = replace(body, 'room 1', 'room 2') WHERE seq = ?").run(seq);
  });
}

test('a check of the newest rows walks what came since the last one, and finds what was changed in it (R-7.19)', async () => {
  using work = temporaryFolder();
  const first = await open(work.path);
  await recordSession(first, 'S-1');
  const { rows, after } = await first.verify();
  expect(after).toBeUndefined();
  for (let row = 0; row < 3; row += 1) await first.append(event('chair.idle'));
  const found = await newest(first);
  expect(found).toMatchObject({ damage: null, after: rows });
  expect(found.rows).toBeGreaterThanOrEqual(rows + 3);
  await first.append(event('chair.idle'));
  await first.close();

  edit(work.path, found.rows + 1);
  const again = await open(work.path);
  expect((await newest(again)).damage).toMatchObject({ seq: found.rows + 1 });
  await again.close();
});

test('a check of the newest rows says nothing of the ones before, and takes no damage back', async () => {
  using work = temporaryFolder();
  const first = await open(work.path);
  await recordSession(first, 'S-1');
  await first.verify();
  await first.close();

  edit(work.path, 3);
  const again = await open(work.path);
  expect((await newest(again)).damage).toBeNull();
  expect((await again.verify()).damage).toMatchObject({ seq: 3 });
  expect(await concerns(again)).toContain('damaged at row 3');
  expect((await newest(again)).damage).toBeNull();
  expect(await concerns(again)).toContain('damaged at row 3');
  await again.close();
});

import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';
import type { Trail } from './trail.ts';

const BEGUN = event('export.begun', { new: { of: 'day' } });

async function sent(trail: Trail, id: string, begun: number): Promise<unknown> {
  const { port1: to, port2: from } = new MessageChannel();
  const arrived = new Promise((resolve) => from.once('message', resolve));
  await trail.sendBundle(id, begun, to);
  return arrived;
}

test('an export begins with a row that counts the rows of each session, and holds nothing later', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await recordSession(trail, 's1');
  await recordSession(trail, 's2');
  const { seq, verification } = await trail.beginExport(['s1', 's2'], BEGUN);
  expect(verification).toMatchObject({ damage: null });
  await trail.append(event('session.note', { session: 's1', patient: 'p-s1' }));
  const rows = (await trail.sessionRows('s1')).slice(0, -1);
  const bundle = await sent(trail, 's1', seq);
  expect(bundle).toMatchObject({ rows, begun: { row: { seq } }, verification });
  const { begun } = bundle as { begun: { row: { body: string } } };
  const stated = JSON.parse(begun.row.body) as { new: { of: string; sessions: object[] } };
  const last = rows.at(-1);
  expect(stated.new.of).toBe('day');
  expect(stated.new.sessions[0]).toEqual({
    id: 's1',
    rows: rows.length,
    first: rows[0]?.seq,
    last: last?.seq,
    hash: last?.hash,
  });
  expect(stated.new.sessions).toHaveLength(2);
  await trail.close();
});

test('an export that never began, or is over, gets nothing', async () => {
  using folder = temporaryFolder();
  const trail = await open(folder.path);
  await recordSession(trail, 's1');
  const failed = { code: 'RECORD_FAILED' };
  const { seq } = await trail.beginExport(['s1'], BEGUN);
  await trail.beginExport(['s1'], BEGUN);
  await expect(sent(trail, 's1', seq)).rejects.toMatchObject(failed);
  await expect(trail.beginExport(['nobody'], BEGUN)).rejects.toMatchObject(failed);
  await expect(trail.beginExport(['s1'], event('export.session'))).rejects.toMatchObject(failed);
  await expect(trail.beginExport(['s1'], { ...BEGUN, session: 's1' })).rejects.toMatchObject(failed);
  await trail.close();
});

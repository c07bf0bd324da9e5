import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StationRowsAsked } from './station-rows.ts';
import { event, open, recordSession, temporaryFolder } from './test-kit.ts';
import type { Trail } from './trail.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ALL: StationRowsAsked = { before: null, kinds: null, from: null, to: null, limit: 100 };

let folder: ReturnType<typeof temporaryFolder>;
let trail: Trail;
beforeEach(async () => {
  folder = temporaryFolder();
  trail = await open(folder.path);
});
afterEach(async () => {
  await trail.close();
  folder[Symbol.dispose]();
});

const acts = async (change: Partial<StationRowsAsked> = {}): Promise<readonly string[]> => {
  const rows = await trail.stationRows({ ...ALL, ...change });
  return rows.map(({ body }) => (JSON.parse(body) as { act: string }).act);
};

test('rows of the station are those of no session, the newest first', async () => {
  await trail.append(event('access.sign-in'));
  await recordSession(trail, 'a');
  await trail.append(event('clock.step'));
  expect(await acts()).toEqual(['clock.step', 'key.rotate', 'chair.idle', 'access.sign-in', 'log.genesis']);
});

test('kinds are first words of acts, whole ones, and no kind at all finds nothing', async () => {
  for (const act of ['access.sign-in', 'accessory.lost', 'key.enrolled', '%.x']) await trail.append(event(act));
  expect(await acts({ kinds: ['access'] })).toEqual(['access.sign-in']);
  expect(await acts({ kinds: ['key', 'log'] })).toEqual(['key.enrolled', 'log.genesis']);
  expect(await acts({ kinds: [] })).toEqual([]);
  expect(await acts({ kinds: ["x' OR '1' = '1"] })).toEqual([]);
});

test('pages follow each other without a row twice or left out', async () => {
  for (let count = 0; count < 5; count += 1) await trail.append(event(`access.${count}`));
  const first = await trail.stationRows({ ...ALL, limit: 2 });
  const second = await trail.stationRows({ ...ALL, limit: 2, before: first.at(-1)?.seq ?? 0 });
  expect([...first, ...second].map(({ seq }) => seq)).toEqual([6, 5, 4, 3]);
});

test('instants bound it, the first inside and the last outside', async () => {
  await trail.append(event('access.sign-in'));
  const [newest] = await trail.stationRows({ ...ALL, limit: 1 });
  const { ts } = JSON.parse(newest?.body ?? '{}') as { ts: string };
  expect(await acts({ from: ts })).toContain('access.sign-in');
  expect(await acts({ to: ts })).not.toContain('access.sign-in');
});

test('the newest check that came to an end is the last one, whatever was broken off after it', async () => {
  expect((await trail.lastCheck()).check).toBeNull();
  await trail.append(event('record.verified', { new: { rows: 1, whole: true } }));
  await trail.append(event('record.verified', { outcome: 'failed', new: { rows: 0 } }));
  const { rows, check } = await trail.lastCheck();
  expect(rows).toBe(3);
  expect(check?.seq).toBe(2);
});

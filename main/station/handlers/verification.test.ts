import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LedgerBench } from '../ledger-bench.ts';
import type { Seat } from '../station-types.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let bench: LedgerBench;
let sam: Seat;
beforeEach(async () => {
  bench = await LedgerBench.start();
  sam = await bench.seat('sam');
});
afterEach(() => bench.end());

const PATIENCE = { timeout: 60_000 };
const state = async () => {
  const answer = await sam.call('review.verification', {});
  if (!answer.ok) throw new Error(answer.message);
  return answer.value as { state: string; last: { rows: number; whole: boolean } | null; rowsNow: number };
};
const verified = (figures: object, outcome: 'ok' | 'failed' = 'ok') =>
  bench.trail.append({
    act: 'record.verified',
    mono: 1,
    chair: null,
    session: null,
    patient: null,
    actor: { id: 'sam', role: 'supervisor', auth: ['pin'] },
    outcome,
    new: { ...figures },
    ...(outcome === 'failed' && { reason: 'row 3: its hash does not fit' }),
  });

test('what the newest check found is told after a new start of the station too, with its end and what came since', async () => {
  expect(await state()).toMatchObject({ state: 'never', last: null });
  await verified({ rows: 3, root: 'ab', whole: true });
  const { rowsNow, ...told } = await state();
  expect(told).toMatchObject({ state: 'never', last: { rows: 3, whole: true, by: 'Sam', root: 'ab', detail: null } });
  expect(rowsNow).toBeGreaterThan(3);
});

test('a check that was broken off hides nothing that an earlier one found', async () => {
  await verified({ rows: 3, root: 'ab', whole: false }, 'failed');
  await verified({ rows: 1 }, 'failed');
  expect((await state()).last).toMatchObject({ whole: false, detail: 'row 3: its hash does not fit' });
});

test('the anchors say how many rows they prove, and the newest rows stand outside them', async () => {
  await expect
    .poll(async () => (await sam.call('review.verification', {})) as object, PATIENCE)
    .toMatchObject({ value: { anchors: [{ rows: expect.any(Number), failure: null }] } });
});

test('a session is opened with the newest check and its own last row', async () => {
  const id = await bench.openSession();
  await verified({ rows: 2, root: 'ab', whole: true });
  const answer = await sam.call('review.open', { sessionId: id });
  const rowsUpTo = (await bench.trail.sessionTip(id)).lastSeq;
  expect(answer).toMatchObject({ ok: true, value: { rowsUpTo, checked: { rows: 2, whole: true } } });
});

test('while the pages of the file are checked the answer says how far that is, and at the end what was not checked', async () => {
  const reached = Promise.withResolvers<void>();
  const hold = Promise.withResolvers<void>();
  bench.trail.verify = async (onProgress, _signal, scope) => {
    onProgress?.(7, 7, 'rows');
    onProgress?.(20, 90, 'pages');
    reached.resolve();
    await hold.promise;
    const found = { rows: 7, root: 'ab', damage: null, anchors: [], unanchoredRows: 0 };
    return { ...found, ...(scope === 'file' && { pagesUnchecked: 'No room.' }) };
  };
  expect(await sam.call('review.verify', {})).toMatchObject({ ok: true });
  await reached.promise;
  expect(await state()).toMatchObject({ state: 'running', rowsDone: 7, pages: { part: 'pages', done: 20, total: 90 } });
  hold.resolve();
  await expect.poll(state, PATIENCE).toMatchObject({ state: 'whole', pages: null, detail: 'No room.' });
  await expect.poll(state, PATIENCE).toMatchObject({ last: { rows: 7, whole: true, detail: 'No room.' } });
});

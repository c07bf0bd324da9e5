import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LedgerBench, sign } from '../ledger-bench.ts';
import type { Seat } from '../station-types.ts';

let bench: LedgerBench;
let sam: Seat;
let ada: Seat;

// Before the hooks, which keep the time of when they were named.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

beforeEach(async () => {
  bench = await LedgerBench.start();
  sam = await bench.seat('sam');
  ada = await bench.seat('ada');
});
afterEach(() => bench.end());

/** On a busy machine each sign-in alone takes a second. */
const PATIENCE = { timeout: 60_000 };

const EVERYTHING = {
  search: '',
  from: null,
  to: null,
  state: null,
  balance: null,
  verification: null,
  signed: null,
  withAlarms: null,
  withPauses: null,
  withOverrides: null,
  withNotes: null,
  breakGlass: null,
  chairId: null,
  person: null,
  needsReview: null,
  sort: 'openedAt',
  descending: true,
  limit: 50,
  after: null,
};

async function ask<Value>(seat: Seat, leaf: string, input: object): Promise<Value> {
  const answer = await seat.call(leaf, input);
  if (!answer.ok) throw new Error(`${leaf}: ${answer.code} ${answer.message}`);
  return answer.value as Value;
}
const find = (change: object = {}) =>
  ask<{ rows: { id: string; signed: string; verification: string }[]; total: number }>(sam, 'review.find', {
    ...EVERYTHING,
    ...change,
  });
const rows = async (id: string) => (await bench.trail.sessionRows(id)).map(({ body }) => JSON.parse(body));

async function endedSession(): Promise<string> {
  const id = await bench.openSession();
  await bench.endSession();
  await expect.poll(async () => (await find({ state: 'ended' })).total, PATIENCE).toBe(1);
  return id;
}
async function signed(sessionId: string, change: object = {}) {
  const seenSeq = (await bench.trail.sessionTip(sessionId)).lastSeq;
  return sam.call('review.sign', { sessionId, meaning: 'approval', seenSeq, signature: sign('sam'), ...change });
}

describe('a signature under a session', () => {
  test('names who, when and what for, and is bound to the last row and to the root of the record', async () => {
    const id = await endedSession();
    const tip = await bench.trail.sessionTip(id);
    expect(await signed(id)).toMatchObject({
      ok: true,
      value: { name: 'Sam', meaning: 'approval', ...tip, changedBy: null },
    });
    expect((await rows(id)).at(-1)).toMatchObject({ act: 'session.signed', actor: { id: 'sam' }, new: tip });
    expect((await find()).rows).toMatchObject([{ id, signed: 'yes' }]);
    expect(await signed(id, { meaning: 'responsibility' })).toMatchObject({ ok: true, value: { changedBy: null } });
  });

  test('does not hold any more when a later row comes', async () => {
    const id = await endedSession();
    await signed(id);
    const { seq } = await ask<{ seq: number }>(sam, 'review.note', {
      sessionId: id,
      text: 'Asked back',
      corrects: null,
    });
    const { signatures } = await ask<{ signatures: object[] }>(sam, 'review.open', { sessionId: id });
    expect(signatures).toMatchObject([{ meaning: 'approval', changedBy: seq }]);
    expect((await find()).rows).toMatchObject([{ signed: 'changed' }]);
  });

  test.each([
    ['without the right PIN', { signature: sign('sam', '999999') }, 'SIGN_IN_FAILED'],
    ['as somebody else', { signature: sign('ada') }, 'SIGN_AS_YOURSELF'],
    ['of what the signer has not seen', { seenSeq: 1 }, 'CHANGED_MEANWHILE'],
  ])('%s is refused and leaves no row', async (_name, change, code) => {
    const id = await endedSession();
    expect(await signed(id, change)).toMatchObject({ ok: false, code });
    expect((await rows(id)).map(({ act }) => act)).not.toContain('session.signed');
  });

  test('of what was added while the signer proved who they are is refused', async () => {
    const id = await endedSession();
    const signing = signed(id);
    await ask(ada, 'review.note', { sessionId: id, text: 'Came in between', corrects: null });
    expect(await signing).toMatchObject({ ok: false, code: 'CHANGED_MEANWHILE' });
    expect((await rows(id)).map(({ act }) => act)).not.toContain('session.signed');
  });

  test('of what was added between reading the rows and taking their end is refused', async () => {
    const id = await endedSession();
    const seenSeq = (await bench.trail.sessionTip(id)).lastSeq;
    const { trail } = bench;
    const tipOf = trail.sessionTip.bind(trail);
    vi.spyOn(trail, 'sessionTip').mockImplementationOnce(async (session) => {
      await ask(ada, 'review.note', { sessionId: id, text: 'Came in between', corrects: null });
      return await tipOf(session);
    });
    const signing = { sessionId: id, meaning: 'approval', seenSeq, signature: sign('sam') };
    expect(await sam.call('review.sign', signing)).toMatchObject({ ok: false, code: 'CHANGED_MEANWHILE' });
    expect((await rows(id)).map(({ act }) => act)).not.toContain('session.signed');
  });

  test('of a supervisor who ran a part of it under emergency access is refused', async () => {
    const id = await bench.openSession();
    await ask(sam, 'emergency.begin', {});
    await ask(sam, 'session.end', { chairId: 'chair-1', reason: 'The clinician collapsed' });
    await ask(sam, 'emergency.end', {});
    await expect.poll(async () => (await find({ state: 'ended' })).total, PATIENCE).toBe(1);
    expect(await signed(id)).toMatchObject({ ok: false, code: 'OWN_SESSION' });
  });

  test('of an open session is refused, and approval of an open balance too', async () => {
    const id = await bench.openSession();
    expect(await signed(id)).toMatchObject({ code: 'SESSION_OPEN' });
    await bench.give(id, 1000);
    await bench.endSession();
    await expect.poll(async () => (await find({ state: 'ended' })).total, PATIENCE).toBe(1);
    expect(await signed(id)).toMatchObject({ code: 'BALANCE_OPEN' });
    expect(await signed(id, { meaning: 'review' })).toMatchObject({ ok: true });
    await ask(ada, 'drug.declareOpen', { sessionId: id, reason: 'Pharmacy counts tomorrow' });
    expect(await signed(id)).toMatchObject({ ok: true });
  });
});

describe('own work', () => {
  async function worked(actor: { id: string; role: string; auth: string[] }): Promise<string> {
    const id = await endedSession();
    const row = { mono: 1, chair: 'chair-1', session: id, patient: 'P-1', outcome: 'ok' } as const;
    await bench.trail.append({ ...row, act: 'session.pause', actor });
    return id;
  }

  test('a supervisor who worked in it under break-glass signs it not, and the attempt is a row', async () => {
    const id = await worked({ id: 'sam', role: 'clinician', auth: ['pin', 'break-glass'] });
    expect(await ask(sam, 'review.open', { sessionId: id })).toMatchObject({ own: true });
    expect(await signed(id)).toMatchObject({ ok: false, code: 'OWN_SESSION' });
    expect((await rows(id)).map(({ act }) => act)).not.toContain('session.signed');
  });

  test('a supervisor who only wrote to it or signed it before may sign it again', async () => {
    const id = await worked({ id: 'sam', role: 'supervisor', auth: ['pin'] });
    expect(await ask(sam, 'review.open', { sessionId: id })).toMatchObject({ own: false });
    expect(await signed(id)).toMatchObject({ ok: true });
  });
});

describe('notes', () => {
  test('are corrected by a row that keeps the old text beside the new', async () => {
    const id = await endedSession();
    const { seq } = await ask<{ seq: number }>(ada, 'review.note', {
      sessionId: id,
      text: 'Mild nausea',
      corrects: null,
    });
    await ask(ada, 'review.note', { sessionId: id, text: 'No nausea', corrects: seq });
    expect((await rows(id)).filter(({ act }) => act === 'session.note')).toMatchObject([
      { new: { text: 'Mild nausea' } },
      { ref: seq, old: { text: 'Mild nausea' }, new: { text: 'No nausea' } },
    ]);
    const wrong = { sessionId: id, text: 'No nausea', corrects: 1 };
    expect(await ada.call('review.note', wrong)).toMatchObject({ code: 'UNKNOWN_NOTE' });
    const { notes } = await ask<{ notes: object[] }>(sam, 'review.open', { sessionId: id });
    expect(notes).toMatchObject([{ by: 'Ada' }, { corrects: seq, old: 'Mild nausea', text: 'No nausea' }]);
  });
});

test('looking at a session is a row of the record and none of the session', async () => {
  const id = await endedSession();
  const before = await rows(id);
  await ask(sam, 'review.open', { sessionId: id });
  expect(await rows(id)).toHaveLength(before.length);
  const bundle = await bench.trail.bundle(id);
  expect(bundle.rows).toHaveLength(before.length);
  expect(await sam.call('review.open', { sessionId: 'S-0' })).toMatchObject({ code: 'UNKNOWN_SESSION' });
});

describe('a check of the whole record', () => {
  test('runs behind its progress, ends as a row, and makes what it covered verified', async () => {
    const id = await endedSession();
    expect(await ask(sam, 'review.verification', {})).toMatchObject({ state: 'never' });
    expect((await find()).rows).toMatchObject([{ id, verification: 'not-verified' }]);
    await ask(sam, 'review.verify', {});
    await expect
      .poll(() => ask(sam, 'review.verification', {}), PATIENCE)
      .toMatchObject({ state: 'whole', root: expect.any(String) });
    await expect.poll(async () => (await find({ verification: 'verified' })).total, PATIENCE).toBe(1);
    await ask(ada, 'review.note', { sessionId: id, text: 'Later', corrects: null });
    expect((await find()).rows).toMatchObject([{ verification: 'not-verified' }]);
  });

  test('is cancelled on demand and then says nothing', async () => {
    await ask(sam, 'review.verify', {});
    expect(await sam.call('review.verify', {})).toMatchObject({ code: 'VERIFY_RUNNING' });
    await ask(sam, 'review.cancelVerify', {});
    await expect.poll(() => ask(sam, 'review.verification', {}), PATIENCE).toMatchObject({ state: 'cancelled' });
    expect(await ada.call('review.verify', {})).toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

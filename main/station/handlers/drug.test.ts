import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LedgerBench, sign } from '../ledger-bench.ts';
import type { Seat } from '../station-types.ts';

let bench: LedgerBench;
let ada: Seat;
let sam: Seat;
let sessionId: string;

// On a busy machine each sign-in alone takes a second.
// Before the hooks, which keep the time of when they were named.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

beforeEach(async () => {
  bench = await LedgerBench.start();
  ada = await bench.seat('ada');
  sam = await bench.seat('sam');
  sessionId = await bench.openSession();
});
afterEach(() => bench.end());

/** 35 mg out of one 500 mg vial of 50 mg/mL, made up to 17.5 mL of 2 mg/mL. */
const DRAWN = {
  ndc: '12345-678-90',
  lot: 'LOT-1',
  expiry: '2099-12-31',
  containerConcentrationUgPerMl: 50_000,
  containerVolumeUl: 10_000,
  containers: 1,
  volumeUl: 700,
  afterAdditionUl: 17_500,
};
const drawUp = (change: object = {}) => ada.call('drug.drawUp', { sessionId, ...DRAWN, ...change });
/** An act of two upon the account as it stands now. */
async function ofTwo(leaf: string, input: object): Promise<Awaited<ReturnType<Seat['call']>>> {
  const { seq: seenSeq } = await balance();
  return ada.call(leaf, { sessionId, seenSeq, giver: sign('ada'), witness: sign('ben'), ...input });
}
const WASTE = {
  from: 'syringe',
  volumeUl: 2500,
  manner: 'into the drug disposal container',
  reason: 'Left in the syringe',
};
const waste = (change: object = {}) => ofTwo('drug.waste', { ...WASTE, ...change });

async function balance(): Promise<Record<string, unknown>> {
  const answer = await ada.call('drug.balance', { sessionId });
  if (!answer.ok) throw new Error(answer.message);
  return answer.value as Record<string, unknown>;
}
const rowsOf = async (act: string) =>
  (await bench.trail.sessionRows(sessionId)).map(({ body }) => JSON.parse(body)).filter((row) => row.act === act);

describe('the account of a controlled drug', () => {
  test('closes when everything drawn was given, wasted and taken out of the container', async () => {
    expect(await drawUp()).toMatchObject({ ok: true });
    expect(await balance()).toMatchObject({ state: 'open', syringe: { kind: 'missing', differenceUg: 35_000 } });
    await bench.give(sessionId, 15_000);
    await bench.endSession();
    expect(await waste()).toMatchObject({ ok: true });
    expect(await balance()).toMatchObject({
      state: 'open',
      syringe: { kind: 'balanced', takenUg: 35_000, accountedUg: 35_000 },
      containers: { kind: 'missing', takenUg: 500_000, differenceUg: 465_000 },
    });
    expect(await waste({ from: 'container', volumeUl: 9300 })).toMatchObject({ ok: true });
    expect(await balance()).toMatchObject({
      state: 'balanced',
      findings: [],
      containers: { kind: 'balanced', accountedUg: 500_000 },
      wastedUg: 470_000,
    });
  });

  test('names drug that was given and never drawn up, and one that was drawn up late', async () => {
    await bench.give(sessionId, 15_000);
    expect(await balance()).toMatchObject({ state: 'open', syringe: { kind: 'excess', differenceUg: 30_000 } });
    expect(JSON.stringify(await balance())).toContain('no drawing up is written down');
    await drawUp();
    expect((await balance())['findings']).toEqual([expect.stringContaining('after the infusion had begun')]);
  });

  test('names a preparation of another concentration and another lot', async () => {
    await drawUp({ afterAdditionUl: 18_200, lot: 'LOT-2' });
    expect((await balance())['findings']).toEqual([
      expect.stringContaining('lot'),
      expect.stringContaining('differs from the concentration'),
    ]);
  });

  test("names a pump's counter that says something else", async () => {
    await drawUp();
    await bench.give(sessionId, 15_000, 14_000);
    expect((await balance())['findings']).toEqual([expect.stringContaining('counter says 14 mL')]);
  });

  test('takes priming into the line, and a flush out of it into the patient', async () => {
    await drawUp();
    await ofTwo('drug.byHand', { kind: 'prime', volumeUl: 1500 });
    await ofTwo('drug.byHand', { kind: 'flush', volumeUl: 1000 });
    await ofTwo('drug.residual', { volumeUl: 100, reason: 'Dead space of the syringe' });
    await ofTwo('drug.returnDrug', { from: 'syringe', volumeUl: 100, reason: 'Unopened part' });
    expect(await balance()).toMatchObject({
      flushedUg: 2000,
      inLineUg: 1000,
      residualUg: 200,
      returnedUg: 200,
      syringe: { accountedUg: 3400 },
    });
  });
});

describe('drawing up', () => {
  test('an expired drug is refused and the attempt is a row', async () => {
    expect(await drawUp({ expiry: '2020-01-31' })).toMatchObject({ ok: false, code: 'DRUG_EXPIRED' });
    expect(await rowsOf('drug.expired')).toMatchObject([{ outcome: 'denied', new: { lot: 'LOT-1' } }]);
    expect(await rowsOf('drug.drawn')).toEqual([]);
  });

  test.each([
    ['more than the containers hold', { volumeUl: 10_001 }, 'MORE_THAN_OPENED'],
    ['less after the addition than before', { afterAdditionUl: 699 }, 'LESS_AFTER_ADDITION'],
    ['a code that is none', { ndc: '1234567890' }, 'INVALID_INPUT'],
  ])('%s is refused', async (_name, change, code) => {
    expect(await drawUp(change)).toMatchObject({ ok: false, code });
  });
});

describe('waste', () => {
  test('is signed by two persons at this moment, and names both', async () => {
    await drawUp();
    await waste();
    expect(await rowsOf('drug.waste')).toMatchObject([
      { actor: { id: 'ada' }, new: { witness: 'ben', massUg: 5000, manner: 'into the drug disposal container' } },
    ]);
  });

  test.each([
    ['the giver as witness', { witness: sign('ada') }, 'SECOND_PERSON_NEEDED'],
    ['a wrong PIN of the witness', { witness: sign('ben', '999999') }, 'SIGN_IN_FAILED'],
    ['a wrong PIN of the giver', { giver: sign('ada', '999999') }, 'SIGN_IN_FAILED'],
    ['another giver than who asks', { giver: sign('ben'), witness: sign('sam') }, 'SIGN_AS_YOURSELF'],
    ['a witness without the right', { witness: sign('tess') }, 'NOT_ALLOWED'],
  ])('with %s is refused and nothing is wasted', async (_name, change, code) => {
    await drawUp();
    expect(await waste(change)).toMatchObject({ ok: false, code });
    expect(await rowsOf('drug.waste')).toEqual([]);
  });

  test('out of a container nobody opened is refused', async () => {
    expect(await waste({ from: 'container' })).toMatchObject({ ok: false, code: 'NOTHING_DRAWN' });
  });
});

describe('drug that leaves the account', () => {
  const WAYS: readonly (readonly [string, object])[] = [
    ['drug.waste', WASTE],
    ['drug.returnDrug', { from: 'syringe', volumeUl: 100, reason: 'Unopened part' }],
    ['drug.residual', { volumeUl: 100, reason: 'Dead space of the syringe' }],
    ['drug.byHand', { kind: 'prime', volumeUl: 100 }],
    ['drug.byHand', { kind: 'flush', volumeUl: 100 }],
  ];

  test.each(WAYS)('by %s is witnessed, and the row names the witness', async (leaf, input) => {
    await drawUp();
    expect(await ofTwo(leaf, { ...input, witness: sign('ada') })).toMatchObject({ code: 'SECOND_PERSON_NEEDED' });
    expect(await balance()).toMatchObject({ syringe: { accountedUg: 0 } });
    expect(await ofTwo(leaf, input)).toMatchObject({ ok: true });
    expect((await balance())['entries']).toMatchObject([{}, { detail: expect.stringContaining('witness Ben') }]);
  });

  test('is not witnessed by anybody who gave or handled drug of this session; the attempt is a row', async () => {
    const ben = await bench.seat('ben');
    await ben.call('drug.drawUp', { sessionId, ...DRAWN });
    const written = vi.spyOn(bench.trail, 'append');
    expect(await waste()).toMatchObject({ ok: false, code: 'WITNESS_GAVE' });
    const denied = written.mock.calls.map(([row]) => row).filter(({ act }) => act === 'access.denied');
    expect(denied).toMatchObject([{ actor: { id: 'ada' }, new: { leaf: 'drug.waste', second: 'ben' } }]);
    expect(await waste({ witness: sign('sam') })).toMatchObject({ ok: true });
  });

  test('is signed for once by two acts at the same moment: the later one has not seen the earlier', async () => {
    await drawUp();
    const answers = await Promise.all([waste(), waste()]);
    expect(answers.map((answer) => (answer.ok ? 'written' : answer.code)).toSorted()).toEqual([
      'CHANGED_MEANWHILE',
      'written',
    ]);
    expect(await balance()).toMatchObject({ wastedUg: 5000 });
  });
});

describe('a correction', () => {
  test('keeps the old figure beside the new one and takes a second person', async () => {
    const drawn = await drawUp();
    const { seq } = (drawn as { value: { seq: number } }).value;
    const correct = { seq, volumeUl: 750, reason: 'Read the syringe again' };
    expect(await ofTwo('drug.correct', { ...correct, witness: sign('ada') })).toMatchObject({ ok: false });
    expect(await ofTwo('drug.correct', correct)).toMatchObject({ ok: true });
    expect(await rowsOf('drug.corrected')).toMatchObject([
      { ref: seq, old: { volumeUl: 700, massUg: 35_000 }, new: { volumeUl: 750, massUg: 37_500, witness: 'ben' } },
    ]);
    expect(await balance()).toMatchObject({
      syringe: { takenUg: 37_500 },
      entries: [{ seq, volumeUl: 750, correctedFromUl: 700 }],
    });
  });

  test('to nothing undoes an entry that was made in error', async () => {
    const { value } = (await drawUp()) as { value: { seq: number } };
    await ofTwo('drug.correct', { seq: value.seq, volumeUl: 0, reason: 'Other patient' });
    expect(await balance()).toMatchObject({ syringe: { takenUg: 0 }, containers: { takenUg: 0 } });
    const nothing = { seq: 1, volumeUl: 0, reason: 'Other patient' };
    expect(await ofTwo('drug.correct', nothing)).toMatchObject({ code: 'UNKNOWN_ENTRY' });
  });
});

describe('a difference', () => {
  const close = async (seat: Seat, personId: string) => {
    const seen = { sessionId, seenSeq: (await balance())['seq'] };
    const signed = { reason: 'Vial broken, pieces found', signature: sign(personId) };
    return seat.call('drug.closeDiscrepancy', { ...seen, ...signed });
  };

  test('is closed by no supervisor who took part, also as a witness', async () => {
    await drawUp();
    await waste({ witness: sign('sam') });
    await bench.endSession();
    expect(await close(sam, 'sam')).toMatchObject({ ok: false, code: 'GIVER_MAY_NOT_CLOSE' });
    expect(await balance()).toMatchObject({ state: 'open' });
  });

  test('is not closed where the account moved while the supervisor proved who they are', async () => {
    await drawUp();
    await bench.endSession();
    const closing = close(sam, 'sam');
    await ada.call('drug.declareOpen', { sessionId, reason: 'Pharmacy counts tomorrow' });
    expect(await closing).toMatchObject({ ok: false, code: 'CHANGED_MEANWHILE' });
    expect(await balance()).toMatchObject({ state: 'declared' });
  });

  test('is closed by a supervisor with a reason, and opens again when the account moves', async () => {
    await drawUp();
    expect(await close(sam, 'sam')).toMatchObject({ code: 'SESSION_OPEN' });
    await bench.endSession();
    expect(await close(ada, 'ada')).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await close(sam, 'ada')).toMatchObject({ code: 'SIGN_AS_YOURSELF' });
    expect(await close(sam, 'sam')).toMatchObject({ ok: true });
    expect(await balance()).toMatchObject({
      state: 'closed',
      explanation: { by: 'Sam', reason: 'Vial broken, pieces found' },
      syringe: { kind: 'missing', differenceUg: 35_000 },
    });
    await waste();
    expect(await balance()).toMatchObject({ state: 'open', explanation: null });
  });

  test('may be declared open with a reason, and a balance that closes has none', async () => {
    await bench.endSession();
    expect(await close(sam, 'sam')).toMatchObject({ code: 'NO_DISCREPANCY' });
    await drawUp();
    await ada.call('drug.declareOpen', { sessionId, reason: 'Pharmacy counts tomorrow' });
    expect(await balance()).toMatchObject({ state: 'declared', explanation: { by: 'Ada' } });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BINDING, settle } from './chair-bench.ts';
import { sentenceOf } from './event-sentences.ts';
import { seatBench } from './seat-bench.ts';
import { rightCheck } from './testing-check.ts';

const CHAIR = { chairId: 'chair-1' };
const { patientId, drugLot, plan } = BINDING;
const RIGHT = rightCheck({ patientId, drugLot, order: { concentrationUgPerMl: plan.order.concentration } });

/** A clinician before a chair for whose patient a session was opened, and nothing checked yet. */
async function planned() {
  const seat = await seatBench('clinician');
  const { bench, ask } = seat;
  const details = { patientName: 'Test', clinician: 'Ada', openedAt: '', overrides: [] };
  bench.connect();
  bench.chair.plan(BINDING, { ...details, entry: { drug: 'ketamine', careArea: 'pain clinic' } }, 'ada');
  const check = (answers: object) => ask('session.check', { ...CHAIR, ...RIGHT, ...answers });
  const rows = async () => {
    await settle();
    return bench.trail.rows.filter(({ act }) => act === 'session.check');
  };
  return { ...seat, check, rows, phase: () => bench.chair.state.phase };
}

const MISMATCHES = [
  ['the id of another patient', { patientIdRead: 'P-8' }, 'CHECK_PATIENT_MISMATCH'],
  ['another lot', { drugLotRead: 'L2' }, 'CHECK_LOT_MISMATCH'],
  ['a lot with a sign more', { drugLotRead: 'L-1' }, 'CHECK_LOT_MISMATCH'],
  ['another concentration', { concentrationRead: '1' }, 'CHECK_CONCENTRATION_MISMATCH'],
  ['a concentration that differs in its last place', { concentrationRead: '2.01' }, 'CHECK_CONCENTRATION_MISMATCH'],
  ['a tenfold concentration', { concentrationRead: '20' }, 'CHECK_CONCENTRATION_MISMATCH'],
] as const;

describe('a bedside check', { timeout: 60_000 }, () => {
  test.each(MISMATCHES)('with %s is refused, recorded, and arms nothing (R-4.7)', async (_, answers, code) => {
    const { check, rows, phase, ask } = await planned();
    const refused = await check(answers);
    expect(refused).toMatchObject({ ok: false, code });
    expect(await rows()).toMatchObject([
      {
        outcome: 'denied',
        actor: { id: 'ada' },
        new: { ...RIGHT, ...answers, refused: 'mismatch', mismatched: Object.keys(answers) },
      },
    ]);
    expect(phase()).toBe('planned');
    expect(await ask('session.arm', CHAIR)).toMatchObject({ ok: false });
    expect(phase()).toBe('planned');
  });

  test.each(MISMATCHES)(
    'with %s is answered without what was expected, which could be typed in',
    async (_, answers) => {
      const { check } = await planned();
      const { message } = (await check(answers)) as { readonly message: string };
      for (const expected of [RIGHT.patientIdRead, RIGHT.drugLotRead, '2.0', '2 mg'])
        expect(message).not.toContain(expected);
      expect(message).toMatch(/^Stop\. .*end this session/i);
    },
  );

  test.each(['2.000', '.2', '2 mg', '2,0,0', '２', 'two', '-2', '1e0'])(
    'with the concentration "%s" is refused as malformed and not corrected (R-4.12)',
    async (concentrationRead) => {
      const { check, rows, phase } = await planned();
      expect(await check({ concentrationRead })).toMatchObject({ ok: false, code: 'CHECK_CONCENTRATION_MALFORMED' });
      expect(await rows()).toMatchObject([{ outcome: 'denied', new: { concentrationRead } }]);
      expect(phase()).toBe('planned');
    },
  );

  test.each([
    ['as they stand there', {}],
    [
      'with what a scanner sends around them',
      { patientIdRead: ' P-7\r\n', drugLotRead: 'L1\n', concentrationRead: '2 \t' },
    ],
    ['in the other case', { patientIdRead: 'p-7', drugLotRead: 'l1' }],
    ['with zeros behind the decimal sign', { concentrationRead: '2.0' }],
    ['with a decimal comma', { concentrationRead: '2,00' }],
  ])('is accepted with id, lot and concentration %s', async (_, answers) => {
    const { check, rows, phase } = await planned();
    expect(await check(answers)).toEqual({ ok: true, value: {} });
    expect(phase()).toBe('checked');
    const read = Object.entries(answers).map(([name, typed]) => [name, typed.trim()]);
    expect(await rows()).toMatchObject([{ outcome: 'ok', new: { ...RIGHT, ...Object.fromEntries(read) } }]);
  });

  test.each(Object.keys(RIGHT))('without %s is refused as incomplete, with all else in the record', async (name) => {
    const { check, rows, phase } = await planned();
    const missing = { [name]: name.endsWith('Read') ? ' \n' : false };
    expect(await check(missing)).toMatchObject({ ok: false, code: 'CHECK_INCOMPLETE' });
    expect(await rows()).toMatchObject([{ outcome: 'denied', new: { refused: 'incomplete' } }]);
    expect(phase()).toBe('planned');
  });

  test('may be repeated after a mismatch, and each time is a row', async () => {
    const { check, rows, phase } = await planned();
    await check({ patientIdRead: 'P-8' });
    await check({ patientIdRead: 'P-8' });
    expect(await check({})).toMatchObject({ ok: true });
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(['denied', 'denied', 'ok']);
    expect(phase()).toBe('checked');
  });

  test('names the wrong patient first, and records everything that does not match', async () => {
    const { check, rows } = await planned();
    const wrong = { patientIdRead: 'P-8', drugLotRead: 'L2', concentrationRead: 'x' };
    expect(await check(wrong)).toMatchObject({ code: 'CHECK_PATIENT_MISMATCH' });
    expect(await rows()).toMatchObject([{ new: { ...wrong, mismatched: Object.keys(wrong) } }]);
  });

  test('at a chair without a session is refused by its phase, with nothing to compare with', async () => {
    const { ask } = await seatBench('clinician');
    expect(await ask('session.check', { ...CHAIR, ...RIGHT })).toMatchObject({ ok: false, code: 'WRONG_PHASE' });
  });
});

/** The same ones in every run; as a scanner or a person sends them, near the right ones too. */
const samples = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.sample(arbitrary, { seed: 7, numRuns: 100 });
const near = (right: string) =>
  fc.oneof(
    fc.string({ minLength: 1, maxLength: 80 }),
    fc.string({ minLength: 1, maxLength: 2 }).map((more) => right + more),
    fc.stringMatching(/^[PL]-?\d{1,2}$/),
  );
const isOther = (right: string) => (read: string) =>
  read.trim() !== '' && read.trim().toLowerCase() !== right.toLowerCase();

describe('of 100 random others', { timeout: 60_000 }, () => {
  test.each([
    ['patient ids', 'patientIdRead', samples(near(patientId).filter(isOther(patientId)))],
    ['lots', 'drugLotRead', samples(near(drugLot).filter(isOther(drugLot)))],
    [
      'concentrations',
      'concentrationRead',
      samples(fc.oneof(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 190, max: 210 })))
        .filter((hundredths) => hundredths !== 200)
        .concat([20, 2000])
        .map((hundredths) => String(hundredths / 100)),
    ],
  ])('%s none is taken for the right one, and nothing is armed', async (_, field, others) => {
    const { check, phase, rows } = await planned();
    for (const other of others) expect(await check({ [field]: other })).toMatchObject({ ok: false });
    expect(phase()).toBe('planned');
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(others.map(() => 'denied'));
    expect(others.length).toBeGreaterThanOrEqual(95);
  });
});

describe('the row of a bedside check says', () => {
  const said = (outcome: string, figures: object) => sentenceOf({ act: 'session.check', outcome, new: figures });

  test('what was read', () => {
    expect(said('ok', RIGHT)).toBe('Bedside checks: read patient id "P-7", lot "L1", concentration "2" mg/mL');
  });

  test('what was read and did not match', () => {
    const wrong = { ...RIGHT, patientIdRead: 'P-8', concentrationRead: '1', refused: 'mismatch' };
    expect(said('denied', { ...wrong, mismatched: ['patientIdRead', 'concentrationRead'] })).toBe(
      'Bedside checks refused, not as in the session: patient id "P-8", concentration "1" mg/mL',
    );
  });

  test('why it was refused otherwise', () => {
    expect(said('denied', { ...RIGHT, refused: 'wrong-phase' })).toBe('Bedside checks refused (wrong-phase)');
  });

  test('no more than a row of an older build, or of an export without identifiers, knows', () => {
    expect(said('ok', { identityConfirmed: true })).toBe('Bedside checks');
    expect(said('denied', { identityConfirmed: false })).toBe('Bedside checks refused');
    expect(said('ok', {})).toBe('Bedside checks');
  });
});

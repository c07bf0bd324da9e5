import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ChairBench } from '../chair-bench.ts';
import { newSeat } from '../sitting.ts';
import type { Call } from '../station-context.ts';
import { vitals } from './vitals.ts';

const MINUTE = 60_000;
const ADA = { id: 'ada', name: 'Ada', role: 'clinician' } as const;

let bench: ChairBench;
let call: Call;

beforeEach(() => {
  bench = new ChairBench();
  const station = { chairs: new Map([['chair-1', bench.chair]]) } as unknown as Call['station'];
  call = { station, seat: { ...newSeat(), person: ADA }, person: ADA };
  bench.advance(20 * MINUTE);
});
afterEach(() => bench.chair.close(0));

const cuff = (systolicMmHg: number, diastolicMmHg: number, takenAgoMs = 0) =>
  void vitals.enter({ chairId: 'chair-1', takenAgoMs, reading: { kind: 'cuff', systolicMmHg, diastolicMmHg } }, call);
const sedation = (score: number) =>
  void vitals.enter(
    { chairId: 'chair-1', takenAgoMs: 0, reading: { kind: 'sedation', score, scale: 'moaas-0-5' } },
    call,
  );
const entered = () => bench.trail.rows.filter(({ act }) => act === 'vitals.enter');

describe('a reading that a person took', () => {
  test('is a sign of the chair, with the time it was taken, and a row with the name', async () => {
    bench.arm();
    cuff(128, 78, 4 * MINUTE);
    const { vitals: shown, measured } = bench.chair.frame();
    expect(shown['nibp-sys']).toEqual({ state: 'valid', value: 128, ageMs: 4 * MINUTE });
    expect(shown['nibp-dia']).toMatchObject({ state: 'valid', value: 78 });
    expect(measured['nibp-sys']).toMatchObject({ dueInMs: 6 * MINUTE });
    await bench.recorder.flush(1000);
    expect(entered()).toMatchObject([
      { actor: { id: 'ada' }, outcome: 'ok', new: { what: 'NIBP 128/78 mmHg', takenAgoMs: 4 * MINUTE } },
    ]);
  });

  test('acts on entry, and its row names the scale it was given by', async () => {
    bench.arm();
    sedation(3);
    expect(bench.chair.frame().alarms.map(({ id }) => id)).toContain('sedation-limit');
    await bench.recorder.flush(1000);
    expect(entered()).toMatchObject([{ new: { what: 'MOAA/S (0 to 5) 3', scale: 'moaas-0-5' } }]);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['of no blood pressure', () => cuff(0, 0), /whole number from 30 to 300 mmHg; 0 is not/],
    ['of half a millimetre', () => cuff(120.5, 70), /120.5 is not/],
    ['with its figures exchanged', () => cuff(70, 120), /below the systolic/],
    ['off the scale', () => sedation(6), /0 to 5 of 5; 6 is not/],
    ['from long ago', () => cuff(120, 70, 11 * MINUTE), /up to 10 min/],
  ])('%s is refused and explained, and nothing is taken over (R-5.5)', async (_, enter, why) => {
    bench.arm();
    expect(enter).toThrow(why);
    expect(bench.chair.frame().vitals['nibp-sys']).toEqual({ state: 'none' });
    await bench.recorder.flush(1000);
    expect(entered()).toMatchObject([{ outcome: 'denied', reason: expect.stringMatching(why) }]);
  });

  test('older than one that is known is refused', () => {
    bench.arm();
    cuff(120, 70, MINUTE);
    expect(() => cuff(130, 75, 2 * MINUTE)).toThrow(/newer reading is known/);
    expect(bench.chair.frame().vitals['nibp-sys']).toMatchObject({ value: 120 });
  });

  test('needs a session', () => {
    expect(() => cuff(120, 70)).toThrow(/no session/);
  });

  test('is in the trend and stays there until it expires', async () => {
    bench.arm();
    cuff(128, 78);
    bench.pass(100, 'stopped');
    await bench.recorder.flush(1000);
    const chunk = bench.trail.trends.at(-1);
    expect(chunk?.signs?.['nibp-sys']?.at(-1)).toBe(128);
    expect(Object.keys(chunk?.signs ?? {}).toSorted()).toEqual(['nibp-dia', 'nibp-sys']);
  });
});

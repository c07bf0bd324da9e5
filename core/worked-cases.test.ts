import { describe, expect, test } from 'vitest';
import { massGiven } from './engine/dose.ts';
import { BINDING, Chair } from './engine/testing.ts';
import type { DrugEntry, LimitRange } from './library.ts';
import type { InfusionPlan, LimitFinding } from './order.ts';
import { planOrder } from './plan.ts';
import type { PumpCapability } from './pump.ts';
import { balance, madeUp, prepared, PROPOSED_RECONCILIATION } from './reconciliation.ts';
import { findEntry, SHIPPED_LIBRARY } from './shipped-library.ts';
import {
  gram,
  MINUTE,
  massIn,
  microgram,
  microgramPerMillilitre,
  microlitre,
  microlitrePerHour,
  millisecond,
  volumeOf,
} from './units.ts';

// Every figure on the right of an `expect` was worked out on paper, for a bedside; on the left stands what the rules make
// of the order. Limits that nothing meets make the rules name the figures that they judge an order by.

const NOTHING: LimitRange<number> = { hardMin: null, softMin: null, softMax: null, hardMax: 0 };
const NO_LIMIT = { hardMin: null, softMin: null, softMax: null, hardMax: null };
const JUDGED: DrugEntry = {
  id: 'JUDGED',
  drug: 'ketamine',
  careArea: 'arithmetic',
  concentrations: [500, 1000, 2000, 5000, 10_000].map(microgramPerMillilitre),
  concentration: NO_LIMIT,
  weight: NO_LIMIT,
  doseRate: NOTHING,
  absoluteRate: NOTHING,
  dosePerWeight: NOTHING,
  sessionDose: NO_LIMIT,
  duration: NO_LIMIT,
  rate: NO_LIMIT,
  windows: [],
  predictionCeiling: null,
  vitalBounds: [],
  source: 'test',
};
const OPEN: DrugEntry = { ...JUDGED, doseRate: null, absoluteRate: null, dosePerWeight: null };
const pump = (step: number): PumpCapability => ({
  minRate: microlitrePerHour(1),
  maxRate: microlitrePerHour(1_500_000),
  rateStep: microlitrePerHour(step),
  volumeStep: microlitre(1),
  maxVolume: microlitre(140_000),
});
const TENTH = pump(100);
const FINEST = pump(1);

const mg = (milligrams: number) => microgram(Math.round(milligrams * 1000));
const mgPerMl = (milligrams: number) => microgramPerMillilitre(milligrams * 1000);

function order(kg: number, dose: number, strength: number, minutes: number) {
  return {
    entryId: 'JUDGED',
    concentration: mgPerMl(strength),
    weight: gram(Math.round(kg * 1000)),
    dose: mg(dose),
    duration: millisecond(minutes * MINUTE),
  };
}

function planned(of: ReturnType<typeof order>, by: PumpCapability): InfusionPlan {
  const result = planOrder(of, OPEN, by);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.findings));
  return result.plan;
}

/** The figure by which the limits judge an order, in the unit of the limit. */
function judged(of: ReturnType<typeof order>, what: LimitFinding['what']): number {
  const found = planOrder(of, JUDGED, FINEST).findings.find((finding) => finding.what === what);
  if (found === undefined) throw new Error(`no finding of ${what}`);
  return found.value;
}

describe('a dose over 40 minutes: volume, rate, end and speed', () => {
  test.each([
    [50, 25, 1, 25.0, 37.5, 37.5, 40.0, 0.625],
    [50, 25, 2, 12.5, 18.75, 18.7, 40.107, 0.625],
    [60, 30, 2, 15.0, 22.5, 22.5, 40.0, 0.75],
    [70, 35, 0.5, 70.0, 105, 105, 40.0, 0.875],
    [70, 35, 1, 35.0, 52.5, 52.5, 40.0, 0.875],
    [70, 35, 2, 17.5, 26.25, 26.2, 40.076, 0.875],
    [70, 35, 5, 7.0, 10.5, 10.5, 40.0, 0.875],
    [82.5, 41.25, 1, 41.25, 61.875, 61.8, 40.049, 1.03125],
    [82.5, 41.25, 2, 20.625, 30.9375, 30.9, 40.049, 1.03125],
    [100, 50, 2, 25.0, 37.5, 37.5, 40.0, 1.25],
    [120, 60, 2, 30.0, 45.0, 45.0, 40.0, 1.5],
  ])(
    '%d kg, %d mg at %d mg/mL are %d mL at %d mL/h, floored %d, for %d min, %d mg/min',
    (kg, dose, strength, ml, exact, floored, minutes, perMinute) => {
      const of = order(kg, dose, strength, 40);
      const { volume, rate, runningTime } = planned(of, TENTH);
      expect(volume).toBe(ml * 1000);
      expect(planned(of, FINEST).rate).toBe(Math.floor(exact * 1000));
      expect(rate).toBe(Math.round(floored * 1000));
      expect(runningTime / MINUTE).toBeCloseTo(minutes, 3);
      expect(judged(of, 'absolute-rate') / 60_000).toBeCloseTo(perMinute, 9);
      // Half a milligram per kilogram, the standard dose.
      expect(judged(of, 'dose-per-weight')).toBeCloseTo(500, 9);
    },
  );
});

describe('one rate in the units of different papers, at 70 kg', () => {
  test.each([
    [0.1, 7, 0.1167, 1.667, 7, 3.5],
    [0.35, 24.5, 0.4083, 5.833, 24.5, 12.25],
    [0.5, 35, 0.5833, 8.333, 35, 17.5],
    [0.75, 52.5, 0.875, 12.5, 52.5, 26.25],
    [1.0, 70, 1.1667, 16.667, 70, 35],
    [1.5, 105, 1.75, 25, 105, 52.5],
  ])(
    '%d mg/kg/h is %d mg/h, %d mg/min, %d mcg/kg/min, %d mL/h of 1 mg/mL, %d of 2 mg/mL',
    (perKgHour, perHour, perMinute, mcgPerKgMinute, atOne, atTwo) => {
      const anHour = order(70, perHour, 1, 60);
      expect(judged(anHour, 'dose-rate')).toBeCloseTo(perKgHour * 1000, 6);
      expect(judged(anHour, 'absolute-rate') / 60_000).toBeCloseTo(perMinute, 4);
      expect(judged(anHour, 'dose-rate') / 60).toBeCloseTo(mcgPerKgMinute, 3);
      expect(planned(anHour, FINEST).rate).toBe(atOne * 1000);
      expect(planned(order(70, perHour, 2, 60), FINEST).rate).toBe(atTwo * 1000);
    },
  );
});

test('35 mg over 40 min, paused from 20:00 to 25:00: 21.875 mg at 30:00, 13.125 mg left, the end at 45:00', () => {
  const plan = planned(order(70, 35, 1, 40), TENTH);
  const binding = { ...BINDING, plan };
  const chair = new Chair().arm(binding);
  chair.rate = plan.rate;
  chair.start();
  chair.runChain();
  chair.pass(20 * MINUTE);
  chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
  chair.pumpState = 'stopped';
  chair.pass(5 * MINUTE);
  chair.send({ kind: 'resume', by: 'anna', reason: 'x', confirmedRate: 52_500 });
  const program = chair.effects.find((effect) => effect.kind === 'program');
  expect(program).toMatchObject({ rate: 52_500, volume: 17_500 });
  expect(25 + ((program?.volume ?? 0) / (program?.rate ?? 0)) * 60).toBeCloseTo(45, 9);
  chair.runChain();
  chair.pass(5 * MINUTE);
  const given = massGiven(binding, chair.state.pump.delivered);
  // A counter shows whole steps: one or two of them, of a microgram each, are still under way.
  expect(Math.abs(given - 21_875)).toBeLessThanOrEqual(2);
  expect(Math.abs(plan.order.dose - given - 13_125)).toBeLessThanOrEqual(2);
});

test('0.5 mg/kg/h for 15 min and then 0.75 for 25 min give 30.625 mg at 70 kg', () => {
  const first = order(70, 8.75, 1, 15);
  const second = order(70, 21.875, 1, 25);
  expect([first, second].map((of) => judged(of, 'dose-rate'))).toEqual([500, 750]);
  const volume = planned(first, FINEST).volume + planned(second, FINEST).volume;
  expect(massIn(microlitre(volume), mgPerMl(1))).toBe(30_625);
});

test('a bolus of 0.35 mg/kg at 70 kg is 2.45 mL of 10 mg/mL, over 5 min 29.4 mL/h', () => {
  const bolus = order(70, 24.5, 10, 5);
  expect(judged(bolus, 'dose-per-weight')).toBe(350);
  expect(planned(bolus, TENTH)).toMatchObject({ volume: 2450, rate: 29_400, runningTime: 5 * MINUTE });
});

test('0.35 mg/kg/h over 4 h at 70 kg is 98 mg in 49 mL of 2 mg/mL', () => {
  const hours = order(70, 98, 2, 240);
  expect(judged(hours, 'dose-rate')).toBeCloseTo(350, 9);
  expect(planned(hours, FINEST)).toMatchObject({ volume: 49_000, rate: 12_250, runningTime: 240 * MINUTE });
});

test.each([
  ['154 lb typed as kilograms', 154, 69.853, 77, 34.9],
  ['170 cm of height typed as the weight', 170, 70, 85, 35],
])('%s, %d kg for %d kg, orders %d mg in place of %d mg and reaches a limit', (_slip, typed, real, slipped, meant) => {
  // The slip looks like the usual dose: only the weight itself tells.
  expect(judged(order(typed, slipped, 2, 40), 'dose-per-weight')).toBeCloseTo(500, 6);
  expect(judged(order(real, meant, 2, 40), 'dose-per-weight')).toBeCloseTo(500, 0);
  expect(judged(order(real, slipped, 2, 40), 'dose-per-weight')).toBeGreaterThan(1000);
  const mood = findEntry(SHIPPED_LIBRARY, 'KETAMINE-MOOD-CLINIC') ?? OPEN;
  const { findings } = planOrder({ ...order(typed, slipped, 2, 40), entryId: mood.id }, mood, TENTH);
  expect(findings.map(({ what }) => what)).toContain('weight');
});

test.each([
  [50, 700],
  [10, 3500],
  [100, 350],
])('35 mg of a vial with %d mg/mL are %d uL', (strength, volume) => {
  expect(volumeOf(mg(35), mgPerMl(strength))).toBe(volume);
});

test.each([
  [200, 20, 165],
  [500, 10, 465],
])('of a vial with %d mg in %d mL, %d mg are waste after 35 mg', (vial, millilitres, waste) => {
  const strength = mgPerMl(vial / millilitres);
  const { opened, drawn } = prepared({
    containerConcentration: strength,
    containerVolume: microlitre(millilitres * 1000),
    containers: 1,
    drawn: volumeOf(mg(35), strength),
    afterAddition: microlitre(17_500),
  });
  const closed = balance({ taken: opened, accounted: microgram(drawn + mg(waste)) }, PROPOSED_RECONCILIATION);
  expect(closed).toMatchObject({ kind: 'balanced', difference: 0 });
  const short = balance({ taken: opened, accounted: drawn }, PROPOSED_RECONCILIATION);
  expect(short).toMatchObject({ kind: 'missing', difference: mg(waste) });
});

test.each([
  [500, 980, 1000],
  [250, 1923, 2000],
])('10 mL of 50 mg/mL put into a full bag of %d mL make %d ug/mL, which no entry lists', (bag, strength, nearest) => {
  const made = madeUp(mg(500), microlitre((bag + 10) * 1000));
  expect(made).toBe(strength);
  const mood = findEntry(SHIPPED_LIBRARY, 'KETAMINE-MOOD-CLINIC') ?? OPEN;
  const { findings } = planOrder({ ...order(70, 35, 1, 40), entryId: mood.id, concentration: made }, mood, TENTH);
  const found = findings.find(({ what }) => what === 'concentration');
  expect(found).toMatchObject({ level: 'hard', limit: nearest });
});

test.each([
  [1, 2, 2, 0.029],
  [5, 2, 10, 0.143],
  [5, 10, 50, 0.71],
])(
  'keeping a vein open with %d mL/h of %d mg/mL gives %d mg/h, %d mg/kg/h at 70 kg',
  (mLPerH, strength, perHour, perKg) => {
    expect(massIn(microlitre(mLPerH * 1000), mgPerMl(strength))).toBe(mg(perHour));
    const anHour = order(70, perHour, strength, 60);
    expect(planned(anHour, FINEST).rate).toBe(mLPerH * 1000);
    const decimals = String(perKg).split('.')[1]?.length ?? 0;
    expect(judged(anHour, 'dose-rate') / 1000).toBeCloseTo(perKg, decimals);
  },
);

test.each([
  [2, 26.25, 3.4],
  [5, 10.5, 8.6],
])('through a line of 1.5 mL, 35 mg of %d mg/mL at %d mL/h arrive after %d min', (strength, mLPerH, minutes) => {
  const { rate, volume, runningTime } = planned(order(70, 35, strength, 40), FINEST);
  expect(rate).toBe(mLPerH * 1000);
  expect(((runningTime / MINUTE) * 1500) / volume).toBeCloseTo(minutes, 1);
});

test('a line of 1.5 mL holds 3 mg of 2 mg/mL, 0.043 mg/kg at 70 kg, which a flush gives at once', () => {
  expect(massIn(microlitre(1500), mgPerMl(2))).toBe(mg(3));
  expect(judged(order(70, 3, 2, 1), 'dose-per-weight')).toBeCloseTo(43, 0);
});

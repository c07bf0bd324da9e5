import { describe, expect, test } from 'vitest';
import type { DrugEntry } from './library.ts';
import type { InfusionOrder, InfusionPlan, LimitFinding } from './order.ts';
import { planOrder } from './plan.ts';
import type { PumpCapability } from './pump.ts';
import { findEntry, SHIPPED_LIBRARY } from './shipped-library.ts';
import {
  gram,
  HOUR,
  MINUTE,
  microgram,
  microgramPerMillilitre,
  microlitre,
  microlitrePerHour,
  millisecond,
} from './units.ts';

const NONE = { hardMin: null, softMin: null, softMax: null, hardMax: null };
const OPEN: DrugEntry = {
  id: 'OPEN',
  drug: 'ketamine',
  careArea: 'arithmetic',
  concentrations: [500, 1000, 2000, 5000].map(microgramPerMillilitre),
  concentration: NONE,
  weight: NONE,
  doseRate: null,
  absoluteRate: null,
  dosePerWeight: null,
  sessionDose: NONE,
  duration: NONE,
  rate: NONE,
  windows: [],
  predictionCeiling: null,
  vitalBounds: [],
  source: 'test',
};
const PUMP: PumpCapability = {
  minRate: microlitrePerHour(100),
  maxRate: microlitrePerHour(1_500_000),
  rateStep: microlitrePerHour(100),
  volumeStep: microlitre(1),
  maxVolume: microlitre(140_000),
};

function order(kg: number, mg: number, mgPerMl: number, minutes = 40): InfusionOrder {
  return {
    entryId: 'OPEN',
    concentration: microgramPerMillilitre(mgPerMl * 1000),
    weight: gram(kg * 1000),
    dose: microgram(mg * 1000),
    duration: millisecond(minutes * MINUTE),
  };
}

function planned(what: InfusionOrder, entry = OPEN, pump = PUMP): InfusionPlan {
  const result = planOrder(what, entry, pump);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.findings));
  return result.plan;
}

const entry = (id: string): DrugEntry => findEntry(SHIPPED_LIBRARY, id) ?? OPEN;
const MOOD = entry('KETAMINE-MOOD-CLINIC');

const touched = (what: InfusionOrder, entry: DrugEntry, pump = PUMP): readonly string[] =>
  planOrder(what, entry, pump).findings.map(({ level, what, side }: LimitFinding) => `${level} ${what} ${side}`);

describe('worked doses over 40 minutes at a step of 0.1 mL/h', () => {
  test.each([
    [50, 25, 1, 25, 37.5, 40],
    [50, 25, 2, 12.5, 18.7, 40.107],
    [60, 30, 2, 15, 22.5, 40],
    [70, 35, 0.5, 70, 105, 40],
    [70, 35, 1, 35, 52.5, 40],
    [70, 35, 2, 17.5, 26.2, 40.076],
    [70, 35, 5, 7, 10.5, 40],
    [82.5, 41.25, 1, 41.25, 61.8, 40.049],
    [82.5, 41.25, 2, 20.625, 30.9, 40.049],
    [100, 50, 2, 25, 37.5, 40],
    [120, 60, 2, 30, 45, 40],
  ])('%d kg, %d mg at %d mg/mL: %d mL at %d mL/h, %d min', (kg, mg, mgPerMl, ml, mlPerHour, minutes) => {
    const plan = planned(order(kg, mg, mgPerMl));
    expect(plan.volume).toBe(ml * 1000);
    expect(plan.rate).toBe(Math.round(mlPerHour * 1000));
    expect(plan.runningTime / MINUTE).toBeCloseTo(minutes, 3);
  });
});

describe('worked rates at 70 kg', () => {
  const fine = { ...PUMP, rateStep: microlitrePerHour(10) };
  test.each([
    [7, 7, 3.5],
    [24.5, 24.5, 12.25],
    [35, 35, 17.5],
    [52.5, 52.5, 26.25],
    [70, 70, 35],
    [105, 105, 52.5],
  ])('%d mg/h is %d mL/h of 1 mg/mL and %d mL/h of 2 mg/mL', (mg, atOne, atTwo) => {
    expect(planned(order(70, mg, 1, 60), OPEN, fine).rate).toBe(atOne * 1000);
    expect(planned(order(70, mg, 2, 60), OPEN, fine).rate).toBe(atTwo * 1000);
  });

  test('a coarser pump gets the step below, never the one above', () => {
    expect(planned(order(70, 52.5, 2, 60)).rate).toBe(26_200);
    expect(planned(order(70, 24.5, 2, 60)).rate).toBe(12_200);
  });
});

describe('rounding', () => {
  test('the volume is floored to the step of the pump', () => {
    expect(planned(order(82.5, 41.25, 2), OPEN, { ...PUMP, volumeStep: microlitre(10) }).volume).toBe(20_620);
  });

  test('the running time is never shorter than volume over rate', () => {
    const plan = planned(order(82.5, 41.25, 1));
    expect(plan.runningTime).toBe(2_402_913);
    expect(plan.runningTime * plan.rate).toBeGreaterThanOrEqual(plan.volume * HOUR);
  });
});

describe('limits of an entry', () => {
  test('an order exactly at its limits touches none', () => {
    expect(touched(order(70, 35, 2), MOOD)).toEqual([]);
  });

  test.each([
    ['weight above its soft limit', order(160, 80, 2), MOOD, ['soft weight above']],
    ['weight below its hard limit', order(20, 10, 2), MOOD, ['hard weight below']],
    ['dose rate above its soft limit', order(70, 36, 2), MOOD, ['soft dose-rate above']],
    ['dose rate below its soft limit', order(70, 11, 2), MOOD, ['soft dose-rate below']],
    ['dose rate above its hard limit', order(70, 48, 2), MOOD, ['hard dose-rate above']],
    [
      'dose per weight above its hard limit',
      order(70, 71, 2, 90),
      MOOD,
      ['hard dose-per-weight above', 'soft duration above'],
    ],
    [
      'a listed concentration beyond a soft limit',
      order(70, 35, 2),
      { ...OPEN, concentration: { ...NONE, softMax: microgramPerMillilitre(1500) } },
      ['soft concentration-limit above'],
    ],
    ['duration below its soft limit', order(70, 17, 2, 20), MOOD, ['soft duration below']],
    [
      'absolute rate above its hard limit',
      order(70, 51, 2, 60),
      entry('KETAMINE-CRPS-OUTPT'),
      ['hard absolute-rate above', 'hard rate above'],
    ],
    [
      'session dose above its hard limit',
      order(150, 201, 2, 300),
      entry('KETAMINE-PAIN-CLINIC'),
      ['hard session-dose above', 'soft duration above'],
    ],
    [
      'rate of the entry',
      order(70, 35, 2),
      { ...OPEN, rate: { ...NONE, softMax: microlitrePerHour(20_000) } },
      ['soft rate above'],
    ],
  ])('%s', (_, what, entry, expected) => {
    expect(touched(what, entry)).toEqual(expected);
  });

  test.each([
    [35, 40, []],
    // 1 mg/kg/h over four hours ends above 500 ng/mL in the model that predicts most.
    [280, 240, ['hard predicted-concentration above']],
  ])('%d mg over %d min under a prediction ceiling of 500 ng/mL touches %j', (mg, minutes, expected) => {
    expect(touched(order(70, mg, 2, minutes), { ...OPEN, predictionCeiling: 500 })).toEqual(expected);
    expect(touched(order(70, mg, 2, minutes), { ...OPEN, predictionCeiling: 500, drug: 'esketamine' })).toEqual([]);
  });

  test('a concentration that the entry does not list is refused and the nearest one named', () => {
    expect(planOrder(order(70, 35, 5), MOOD, PUMP).findings).toContainEqual({
      level: 'hard',
      what: 'concentration',
      side: 'above',
      value: 5000,
      limit: 2000,
      unit: 'ug/mL',
    });
    expect(touched(order(70, 35, 0.5), MOOD)).toContain('hard concentration below');
    const between = { ...OPEN, concentrations: [500, 5000].map(microgramPerMillilitre) };
    expect(planOrder(order(70, 35, 4), between, PUMP).findings[0]?.limit).toBe(5000);
    expect(touched(order(70, 35, 1), { ...OPEN, concentrations: [] })).toEqual(['hard concentration above']);
  });

  test('a finding carries value, limit and unit', () => {
    expect(planOrder(order(70, 42, 2), MOOD, PUMP).findings).toEqual([
      { level: 'soft', what: 'dose-rate', side: 'above', value: 900, limit: 750, unit: 'ug/kg/h' },
    ]);
  });

  test('soft findings leave a plan, a hard one leaves none', () => {
    expect(planOrder(order(70, 42, 2), MOOD, PUMP).kind).toBe('plan');
    expect(planOrder(order(70, 48, 2), MOOD, PUMP).kind).toBe('refused');
  });
});

describe('limits of the pump', () => {
  test.each([
    ['too fast', { ...PUMP, maxRate: microlitrePerHour(26_000) }, ['hard pump-rate above']],
    ['too slow', { ...PUMP, minRate: microlitrePerHour(30_000) }, ['hard pump-rate below']],
    ['too much', { ...PUMP, maxVolume: microlitre(17_000) }, ['hard pump-volume above']],
    [
      'less than a step of volume',
      { ...PUMP, volumeStep: microlitre(20_000) },
      ['hard pump-rate below', 'hard pump-volume below'],
    ],
    [
      'less than a step of rate',
      { ...PUMP, minRate: microlitrePerHour(0), rateStep: microlitrePerHour(50_000) },
      ['hard pump-rate below'],
    ],
  ])('%s is a hard limit', (_, pump, expected) => {
    expect(touched(order(70, 35, 2), OPEN, pump)).toEqual(expected);
  });
});

describe('a malformed order', () => {
  test.each([
    ['concentration', 'concentration', 'ug/mL'],
    ['weight', 'weight', 'g'],
    ['dose', 'session-dose', 'ug'],
    ['duration', 'duration', 'ms'],
  ] as const)('without a %s is refused, and says so', (field, what, unit) => {
    for (const value of [0, -1, Number.NaN, 1.5, Number.POSITIVE_INFINITY]) {
      const result = planOrder({ ...order(70, 35, 2), [field]: value }, OPEN, PUMP);
      expect(result.kind).toBe('refused');
      expect(result.findings).toEqual([{ level: 'hard', what, side: 'below', value, limit: 1, unit }]);
    }
  });

  test('of one unit of everything is small, not malformed', () => {
    const least = planOrder({ ...order(70, 35, 2), weight: gram(1) }, OPEN, PUMP);
    expect(least.findings.map(({ what }) => what)).not.toContain('weight');
  });
});

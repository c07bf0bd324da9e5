import { describe, expect, test } from 'vitest';
import type { DoseWindow, DrugEntry, LimitRange } from './library.ts';
import { orderFindings, predictionFindings, pumpFindings, windowFindings } from './limits.ts';
import type { InfusionOrder, LimitFinding } from './order.ts';
import type { PumpCapability } from './pump.ts';
import {
  gram,
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
  careArea: 'limits',
  concentrations: [microgramPerMillilitre(2000)],
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
/** 60 kg get 30 mg in half an hour: 0.5 mg/kg, 60 mg/h, 1 mg/kg/h. */
const ORDER: InfusionOrder = {
  entryId: 'OPEN',
  concentration: microgramPerMillilitre(2000),
  weight: gram(60_000),
  dose: microgram(30_000),
  duration: millisecond(30 * MINUTE),
};
const PUMP: PumpCapability = {
  minRate: microlitrePerHour(0),
  maxRate: microlitrePerHour(30_000),
  rateStep: microlitrePerHour(0),
  volumeStep: microlitre(0),
  maxVolume: microlitre(15_000),
};

const just = (bound: keyof typeof NONE, limit: number) => ({ ...NONE, [bound]: limit });
const ofOrder = (field: keyof DrugEntry) => (range: LimitRange<number>) =>
  orderFindings(ORDER, { ...OPEN, [field]: range });
const ofWindow = (field: keyof DoseWindow) => (range: LimitRange<number>) =>
  windowFindings(ORDER, { over: MINUTE, dose: NONE, dosePerWeight: NONE, [field]: range }, 6000);
const ofRate = (range: LimitRange<number>) =>
  pumpFindings(microlitre(15_000), microlitrePerHour(30_000), { ...OPEN, rate: range } as DrugEntry, PUMP);

describe.each([
  ['concentration-limit', 2000, 'ug/mL', ofOrder('concentration')],
  ['weight', 60_000, 'g', ofOrder('weight')],
  ['dose-rate', 1000, 'ug/kg/h', ofOrder('doseRate')],
  ['absolute-rate', 60_000, 'ug/h', ofOrder('absoluteRate')],
  ['dose-per-weight', 500, 'ug/kg', ofOrder('dosePerWeight')],
  ['session-dose', 30_000, 'ug', ofOrder('sessionDose')],
  ['duration', 1_800_000, 'ms', ofOrder('duration')],
  ['rate', 30_000, 'uL/h', ofRate],
  ['window-dose', 36_000, 'ug', ofWindow('dose')],
  ['window-dose-per-weight', 600, 'ug/kg', ofWindow('dosePerWeight')],
] as const)('the limits of %s', (what, value, unit, findings) => {
  test('pass a figure that lies exactly on all of them', () => {
    expect(findings({ hardMin: value, softMin: value, softMax: value, hardMax: value })).toEqual([]);
  });

  test.each([
    ['hardMax', value - 1, 'hard', 'above'],
    ['hardMin', value + 1, 'hard', 'below'],
    ['softMax', value - 1, 'soft', 'above'],
    ['softMin', value + 1, 'soft', 'below'],
  ] as const)('find a figure one unit past %s, with its unit', (bound, limit, level, side) => {
    expect(findings(just(bound, limit))).toEqual([{ level, what, side, value, limit, unit }]);
  });

  test('name the hard one where the soft one is passed, too', () => {
    const levels = (range: LimitRange<number>) => findings(range).map(({ level }: LimitFinding) => level);
    expect(levels({ ...just('softMax', value - 2), hardMax: value - 1 })).toEqual(['hard']);
    expect(levels({ ...just('softMin', value + 2), hardMin: value + 1 })).toEqual(['hard']);
  });
});

describe('what the pump can do', () => {
  const touched = (volume: number, rate: number, pump = PUMP) =>
    pumpFindings(microlitre(volume), microlitrePerHour(rate), OPEN, pump);

  test('is used to its last unit, and not beyond', () => {
    expect(touched(15_000, 30_000)).toEqual([]);
    expect(touched(15_001, 30_001)).toEqual([
      { level: 'hard', what: 'pump-rate', side: 'above', value: 30_001, limit: 30_000, unit: 'uL/h' },
      { level: 'hard', what: 'pump-volume', side: 'above', value: 15_001, limit: 15_000, unit: 'uL' },
    ]);
  });

  test('never includes a rate or a volume of nothing, even of a pump without a least one', () => {
    expect(touched(1, 1)).toEqual([]);
    expect(touched(0, 0)).toEqual([
      { level: 'hard', what: 'pump-rate', side: 'below', value: 0, limit: 1, unit: 'uL/h' },
      { level: 'hard', what: 'pump-volume', side: 'below', value: 0, limit: 1, unit: 'uL' },
    ]);
  });

  test('begins at the least rate and volume of the pump', () => {
    const coarse = { ...PUMP, minRate: microlitrePerHour(100), volumeStep: microlitre(10) };
    expect(touched(10, 100, coarse)).toEqual([]);
    expect(touched(9, 99, coarse).map(({ limit }) => limit)).toEqual([100, 10]);
  });
});

test('a concentration between two allowed ones is told the nearest of them, in its unit', () => {
  const entry = { ...OPEN, concentrations: [500, 1000, 3000].map(microgramPerMillilitre) };
  const finding = { level: 'hard', what: 'concentration', value: 2000, unit: 'ug/mL' };
  const nearest = (figures: readonly number[]) =>
    orderFindings(ORDER, { ...entry, concentrations: figures.map(microgramPerMillilitre) });
  expect(nearest([500, 900, 3000])).toEqual([{ ...finding, side: 'below', limit: 3000 }]);
  expect(nearest([500, 1100, 3000])).toEqual([{ ...finding, side: 'above', limit: 1100 }]);
  expect(nearest([500, 2000, 3000])).toEqual([]);
});

describe('the predicted concentration', () => {
  const under = (predictionCeiling: number | null, drug = 'ketamine') =>
    predictionFindings(ORDER, { ...OPEN, predictionCeiling, drug });

  test('is rounded up and passes exactly at its ceiling', () => {
    const value = under(0)[0]?.value ?? 0;
    expect(value).toBeGreaterThan(100);
    expect(Number.isInteger(value)).toBe(true);
    expect(under(value)).toEqual([]);
    expect(under(value - 1)).toEqual([
      { level: 'hard', what: 'predicted-concentration', side: 'above', value, limit: value - 1, unit: 'ng/mL' },
    ]);
  });

  test('has no limit without a ceiling, and for a drug without a model', () => {
    expect(under(null)).toEqual([]);
    expect(under(0, 'esketamine')).toEqual([]);
  });
});

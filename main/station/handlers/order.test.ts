import { expect, test } from 'vitest';
import type { DrugEntry } from '../../../core/library.ts';
import type { InfusionPlan } from '../../../core/order.ts';
import { SHIPPED_LIBRARY } from '../../../core/shipped-library.ts';
import { HOUR, type Microgram, microgram, millisecond } from '../../../core/units.ts';
import { BINDING } from '../chair-bench.ts';
import { EarlierDose } from '../earlier-dose.ts';
import { doseCeiling, earlierFindings, entryOf } from './order.ts';

const base = entryOf(SHIPPED_LIBRARY, 'KETAMINE-PAIN-CLINIC');
const NONE = { hardMin: null, softMin: null, softMax: null, hardMax: null };

/** An order of 10 mg for 70 kg, under an entry with these hard limits (ug, ug/kg). */
function ceiling(session: number | null, perKilogram: number | null): Microgram {
  const plan: InfusionPlan = BINDING.plan;
  const entry: DrugEntry = {
    ...base,
    sessionDose: { ...NONE, hardMax: session === null ? null : microgram(session) },
    dosePerWeight: perKilogram === null ? null : { ...NONE, hardMax: perKilogram },
  };
  return doseCeiling(plan, entry);
}

const LIMITED = { ...NONE, softMax: microgram(45_000), hardMax: microgram(50_000) };

test('what was given before counts against every window of the entry, to the microgram and by weight (R-4.5)', () => {
  const before = (dose: number, hoursAgo: number) =>
    new EarlierDose([{ ago: hoursAgo * HOUR, dose, drug: 'ketamine' }]);
  const window = { over: millisecond(4 * HOUR), dose: LIMITED, dosePerWeight: NONE };
  const entry: DrugEntry = { ...base, windows: [window] };
  const { order } = BINDING.plan;
  const found = (earlier: EarlierDose, one: DrugEntry = entry) =>
    earlierFindings(order, one, earlier).map(({ level, what, value }) => `${level} ${what} ${value}`);
  expect(found(before(35_000, 1))).toEqual([]);
  expect(found(before(35_001, 1))).toEqual(['soft window-dose 45001']);
  expect(found(before(40_000, 3.9))).toEqual(['soft window-dose 50000']);
  expect(() => found(before(40_001, 3.9))).toThrow(/40\.001 mg within the last 4 hours.* at most 9\.999 mg/);
  expect(found(before(40_001, 4))).toEqual([]);
  const byWeight = { ...entry, windows: [{ ...window, dose: NONE, dosePerWeight: { ...NONE, hardMax: 500 } }] };
  expect(found(before(25_000, 1), byWeight)).toEqual([]);
  expect(() => found(before(25_001, 1), byWeight)).toThrow(/at most 9\.999 mg/);
});

test('the dose ceiling is the smallest of the order and every hard limit (R-4.1)', () => {
  expect(ceiling(null, null)).toBe(10_000);
  expect(ceiling(200_000, 1000)).toBe(10_000);
  expect(ceiling(8_000, 1000)).toBe(8_000);
  expect(ceiling(8_000, 100)).toBe(7_000);
});

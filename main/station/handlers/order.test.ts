import { expect, test } from 'vitest';
import type { DrugEntry } from '../../../core/library.ts';
import type { InfusionPlan } from '../../../core/order.ts';
import { SHIPPED_LIBRARY } from '../../../core/shipped-library.ts';
import { type Microgram, microgram } from '../../../core/units.ts';
import { BINDING } from '../chair-bench.ts';
import { doseCeiling, entryOf, requireDoseLeft } from './order.ts';

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

test('what was given before counts against every hard limit on the dose, to the microgram (R-4.5)', () => {
  const entry: DrugEntry = { ...base, sessionDose: { ...NONE, hardMax: microgram(50_000) }, dosePerWeight: null };
  const { order } = BINDING.plan;
  expect(() => requireDoseLeft(order, entry, microgram(40_000))).not.toThrow();
  expect(() => requireDoseLeft(order, entry, microgram(40_001))).toThrow(/40\.001 mg .* at most 9\.999 mg/);
  expect(() => requireDoseLeft(order, { ...entry, sessionDose: NONE }, microgram(900_000))).not.toThrow();
});

test('the dose ceiling is the smallest of the order and every hard limit (R-4.1)', () => {
  expect(ceiling(null, null)).toBe(10_000);
  expect(ceiling(200_000, 1000)).toBe(10_000);
  expect(ceiling(8_000, 1000)).toBe(8_000);
  expect(ceiling(8_000, 100)).toBe(7_000);
});

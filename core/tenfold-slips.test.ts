import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DrugEntry } from './library.ts';
import type { InfusionOrder } from './order.ts';
import { planOrder } from './plan.ts';
import type { PumpCapability } from './pump.ts';
import { SHIPPED_LIBRARY } from './shipped-library.ts';
import { MINUTE, microlitre, microlitrePerHour } from './units.ts';

const PUMP: PumpCapability = {
  minRate: microlitrePerHour(100),
  maxRate: microlitrePerHour(1_500_000),
  rateStep: microlitrePerHour(100),
  volumeStep: microlitre(1),
  maxVolume: microlitre(1_000_000),
};
const FIELDS = ['dose', 'weight', 'duration', 'concentration'] as const;

/** What a finger does to a figure: a zero too many or too few, the point one place off, a digit twice or left out. */
const SLIPS: Readonly<Record<string, (figure: number) => number>> = {
  'a zero too many': (figure) => figure * 10,
  'a zero too few': (figure) => figure / 10,
  'the first digit twice': (figure) => Number(`${String(figure)[0] ?? ''}${figure}`),
};

/** Clinical figures as they are typed: whole kilograms, milligrams to a half, minutes to five, by the entry's own doses. */
const usual = (entry: DrugEntry): fc.Arbitrary<InfusionOrder> =>
  fc
    .record({
      entryId: fc.constant(entry.id),
      concentration: fc.constantFrom(...entry.concentrations),
      weight: fc.integer({ min: 40, max: 150 }).map((kg) => kg * 1000),
      dose: fc.integer({ min: 10, max: 300 }).map((halves) => halves * 500),
      duration: fc.integer({ min: 6, max: 48 }).map((fives) => fives * 5 * MINUTE),
    })
    .map((order) => order as InfusionOrder)
    .filter((order) => planOrder(order, entry, PUMP).findings.length === 0);

test('at least 95 % of ten thousand generated tenfold slips reach a limit, those upwards all of them (R-4.12)', () => {
  const share = new Map<string, { caught: number; all: number }>();
  for (const entry of SHIPPED_LIBRARY.entries) {
    for (const order of fc.sample(usual(entry), { numRuns: 280, seed: 20_261_122 })) {
      for (const field of FIELDS) {
        for (const [slip, slipped] of Object.entries(SLIPS)) {
          const changed = { ...order, [field]: Math.round(slipped(order[field])) } as InfusionOrder;
          const caught = planOrder(changed, entry, PUMP).findings.length > 0;
          const sum = share.get(slip) ?? { caught: 0, all: 0 };
          share.set(slip, { caught: sum.caught + (caught ? 1 : 0), all: sum.all + 1 });
        }
      }
    }
  }
  const sums = [...share.values()];
  const all = sums.reduce((sum, one) => sum + one.all, 0);
  const caught = sums.reduce((sum, one) => sum + one.caught, 0);
  expect(all).toBeGreaterThanOrEqual(10_000);
  expect(caught / all, JSON.stringify([...share])).toBeGreaterThanOrEqual(0.95);
  expect(share.get('a zero too many'), JSON.stringify([...share])).toMatchObject({ caught: all / sums.length });
}, 240_000);

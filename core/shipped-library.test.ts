import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InfusionOrder } from './order.ts';
import { planOrder } from './plan.ts';
import type { PumpCapability } from './pump.ts';
import { findEntry, SHIPPED_LIBRARY } from './shipped-library.ts';
import { type Gram, type Microgram, MINUTE, microlitre, microlitrePerHour, type Millisecond } from './units.ts';

const PUMP: PumpCapability = {
  minRate: microlitrePerHour(100),
  maxRate: microlitrePerHour(1_500_000),
  rateStep: microlitrePerHour(100),
  volumeStep: microlitre(1),
  maxVolume: microlitre(1_000_000),
};

/** Usual orders of each entry: inside every limit, hard and soft. */
const USUAL = SHIPPED_LIBRARY.entries.map((entry) => ({
  entry,
  orders: fc
    .record<InfusionOrder>({
      entryId: fc.constant(entry.id),
      concentration: fc.constantFrom(...entry.concentrations),
      weight: fc.integer({ min: 40_000, max: 150_000 }).map((grams) => grams as Gram),
      dose: fc.integer({ min: 5_000, max: 150_000 }).map((micrograms) => micrograms as Microgram),
      duration: fc.integer({ min: 30, max: 240 }).map((minutes) => (minutes * MINUTE) as Millisecond),
    })

    .filter((order) => planOrder(order, entry, PUMP).findings.length === 0),
}));

describe('the shipped library', { timeout: 240_000 }, () => {
  test('says that it is a proposal', () => {
    expect(SHIPPED_LIBRARY.proposal).toBe(true);
    expect(SHIPPED_LIBRARY.version).toBe('proposal-3');
  });

  test('finds an entry by its id and nothing else', () => {
    expect(findEntry(SHIPPED_LIBRARY, 'KETAMINE-PAIN-CLINIC')?.careArea).toBe('pain clinic');
    expect(findEntry(SHIPPED_LIBRARY, 'ketamine-pain-clinic')).toBeNull();
  });

  test.each(USUAL)(
    '$entry.id: ten times or a tenth of a usual figure reaches a limit (R-4.12)',
    ({ entry, orders }) => {
      const slip = fc.constantFrom('dose', 'weight', 'duration', 'concentration');
      fc.assert(
        fc.property(orders, slip, fc.constantFrom(10, 0.1), (order, field, factor) => {
          const slipped = { ...order, [field]: Math.round(order[field as 'dose'] * factor) };
          expect(planOrder(slipped, entry, PUMP).findings).not.toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );

  test.each(USUAL)('$entry.id: a plan never exceeds its order (R-4.1)', ({ entry, orders }) => {
    const step = fc.constantFrom(1, 10, 100, 1000).map(microlitrePerHour);
    fc.assert(
      fc.property(orders, step, fc.constantFrom(1, 10, 100), (order, rateStep, volumeStep) => {
        const pump = { ...PUMP, rateStep, volumeStep: microlitre(volumeStep) };
        const result = planOrder(order, entry, pump);
        if (result.kind === 'refused') return;
        const { rate, volume, runningTime } = result.plan;
        expect(volume * order.concentration).toBeLessThanOrEqual(order.dose * 1000);
        expect(BigInt(rate) * BigInt(order.duration)).toBeLessThanOrEqual(BigInt(volume) * 3_600_000n);
        expect([rate % rateStep, volume % volumeStep]).toEqual([0, 0]);
        expect(runningTime).toBeGreaterThanOrEqual(order.duration);
      }),
      { numRuns: 300 },
    );
  });
});

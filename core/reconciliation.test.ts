import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  balance,
  concentrationFits,
  countedVolume,
  countersAgree,
  madeUp,
  PROPOSED_RECONCILIATION as RULES,
  prepared,
  preparationProblem,
} from './reconciliation.ts';
import { microgram, microgramPerMillilitre, microlitre } from './units.ts';

const mass = fc.integer({ min: 0, max: 5_000_000 }).map(microgram);

describe('the balance of a controlled drug', () => {
  test('always closes or names the difference, to the microgram', () => {
    fc.assert(
      fc.property(mass, mass, (taken, accounted) => {
        const { kind, difference } = balance({ taken, accounted }, RULES);
        const signed = taken >= accounted ? Number(difference) : -Number(difference);
        expect(accounted + signed).toBe(taken);
        expect(kind === 'balanced').toBe(difference <= RULES.mass);
        if (kind === 'missing') expect(taken).toBeGreaterThan(accounted);
        if (kind === 'excess') expect(taken).toBeLessThan(accounted);
      }),
    );
  });

  test('whatever is drawn and divided without loss balances', () => {
    fc.assert(
      fc.property(fc.array(mass, { minLength: 1, maxLength: 8 }), (parts) => {
        const whole = microgram(parts.reduce((sum, part) => sum + part, 0));
        expect(balance({ taken: whole, accounted: whole }, RULES)).toMatchObject({ kind: 'balanced', difference: 0 });
      }),
    );
  });

  test.each([
    [35_000, 34_900, 'balanced'],
    [35_000, 34_899, 'missing'],
    [35_000, 35_101, 'excess'],
  ] as const)('%i ug taken and %i ug accounted for: %s (0.1 mg counts as none)', (taken, accounted, kind) => {
    expect(balance({ taken: microgram(taken), accounted: microgram(accounted) }, RULES).kind).toBe(kind);
  });
});

const vial = (mgPerMl: number, mL: number, drawnUl: number, afterUl: number, containers = 1) => ({
  containerConcentration: microgramPerMillilitre(mgPerMl * 1000),
  containerVolume: microlitre(mL * 1000),
  containers,
  drawn: microlitre(drawnUl),
  afterAddition: microlitre(afterUl),
});

describe('a preparation', () => {
  test.each([
    ['35 mg of a 500 mg vial of 50 mg/mL', vial(50, 10, 700, 17_500), 500_000, 35_000, 2000],
    ['35 mg of a 200 mg vial of 10 mg/mL', vial(10, 20, 3500, 17_500), 200_000, 35_000, 2000],
    ['35 mg of 100 mg/mL', vial(100, 5, 350, 35_000), 500_000, 35_000, 1000],
    ['10 mL of 50 mg/mL to a full 500 mL bag', vial(50, 10, 10_000, 510_000), 500_000, 500_000, 980],
    ['all of two 500 mg vials of 50 mg/mL, undiluted', vial(50, 10, 20_000, 20_000, 2), 1_000_000, 1_000_000, 50_000],
    ['10 mL of 50 mg/mL to a full 250 mL bag', vial(50, 10, 10_000, 260_000), 500_000, 500_000, 1923],
  ])('%s', (_name, preparation, opened, drawn, concentration) => {
    expect(preparationProblem(preparation)).toBeNull();
    expect(prepared(preparation)).toEqual({ opened, drawn });
    expect(madeUp(microgram(drawn), preparation.afterAddition)).toBe(concentration);
  });

  test('cannot hold more than was opened, nor shrink by an addition', () => {
    expect(preparationProblem(vial(50, 10, 10_001, 20_000))).toBe('more-than-opened');
    expect(preparationProblem(vial(50, 10, 10_001, 20_000, 2))).toBeNull();
    expect(preparationProblem(vial(50, 10, 700, 699))).toBe('less-after-addition');
  });

  test('of a full bag is not the concentration that was ordered', () => {
    const ordered = microgramPerMillilitre(1000);
    expect(concentrationFits(microgramPerMillilitre(980), ordered, RULES)).toBe(false);
    expect(concentrationFits(microgramPerMillilitre(990), ordered, RULES)).toBe(true);
  });
});

describe("the pump's own counter", () => {
  const counters = (...values: number[]) => values.map(microlitre);

  test('counts what it went up by, also over a clearing', () => {
    expect(countedVolume(counters(200, 900, 900, 1700))).toBe(1500);
    expect(countedVolume(counters(200, 900, 50, 300))).toBe(1000);
    expect(countedVolume([])).toBe(0);
  });

  test('agrees within 50 uL or a hundredth, whichever is more', () => {
    expect(countersAgree(microlitre(1000), microlitre(950), RULES)).toBe(true);
    expect(countersAgree(microlitre(1000), microlitre(949), RULES)).toBe(false);
    expect(countersAgree(microlitre(20_000), microlitre(19_800), RULES)).toBe(true);
    expect(countersAgree(microlitre(20_000), microlitre(20_201), RULES)).toBe(false);
  });
});

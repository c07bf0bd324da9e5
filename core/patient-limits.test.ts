import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VitalBound } from './library.ts';
import {
  type BoundedPatient,
  COMORBIDITIES,
  type Comorbidity,
  isLoosened,
  profileFor,
  rankOf,
} from './patient-limits.ts';
import { PROPOSED_PROFILE, type Tier } from './profile.ts';
import { SHIPPED_LIBRARY } from './shipped-library.ts';
import { millisecond } from './units.ts';
import { PARAMETER_NAMES, type Parameter } from './vitals.ts';

/** Those of the shipped library, the same in each of its entries. */
const BOUNDS = SHIPPED_LIBRARY.entries[0]?.vitalBounds ?? [];

const NOBODY: BoundedPatient = { comorbidities: [], baseline: {}, reason: '', bounds: BOUNDS };
const limitsOf = (patient: Partial<BoundedPatient>, parameter: Parameter) => {
  const rule = profileFor({ ...NOBODY, ...patient }, PROPOSED_PROFILE).vitals.find(
    (one) => one.parameter === parameter,
  );
  return { required: rule?.required, tiers: rule?.tiers.map(({ below, above }) => [below, above]) };
};

const figures = fc.oneof(fc.integer({ min: -50, max: 400 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
const patients: fc.Arbitrary<BoundedPatient> = fc.record({
  comorbidities: fc.subarray(Object.keys(COMORBIDITIES) as Comorbidity[]),
  baseline: fc.dictionary(fc.constantFrom(...PARAMETER_NAMES), figures),
  reason: fc.constantFrom('', '  ', 'known for years'),
  bounds: fc.uniqueArray(
    fc.record({
      parameter: fc.constantFrom(...PARAMETER_NAMES),
      rank: fc.constantFrom('pause', 'advisory'),
      loosestBelow: fc.option(fc.integer({ min: 0, max: 200 })),
      loosestAbove: fc.option(fc.integer({ min: 0, max: 200 })),
    }),
    { selector: ({ parameter, rank }) => `${parameter} ${rank}` },
  ),
});

/** How far the library lets a limit move outwards: never inwards, and nowhere without a bound. */
function loosest(bounds: readonly VitalBound[], parameter: Parameter, tier: Tier) {
  const bound = bounds.find((one) => one.parameter === parameter && one.rank === rankOf(tier));
  return {
    below: tier.below === null ? null : Math.min(tier.below, bound?.loosestBelow ?? tier.below),
    above: tier.above === null ? null : Math.max(tier.above, bound?.loosestAbove ?? tier.above),
  };
}

/** Every tier of the proposal beside the patient's own. */
const pairs = (patient: BoundedPatient): readonly (readonly [Tier, Tier | undefined, Parameter])[] => {
  const own = profileFor(patient, PROPOSED_PROFILE).vitals;
  return PROPOSED_PROFILE.vitals.flatMap(({ tiers, parameter }, i) =>
    tiers.map((tier, j) => [tier, own[i]?.tiers[j], parameter] as const),
  );
};

const reaches = (limit: number | null | undefined, bound: number | null, outwards: 1 | -1): boolean =>
  bound === null ? limit === null : typeof limit === 'number' && (bound - limit) * outwards >= 0;

describe('the limits of one patient (R-5.8)', () => {
  test('are never looser than the bounds of the library, whatever it has and is said of the patient', () => {
    const inside = fc.property(patients, (patient) =>
      pairs(patient).every(([tier, own, parameter]) => {
        const { below, above } = loosest(patient.bounds, parameter, tier);
        const isWatched = own?.alarm === tier.alarm && own.delay === tier.delay;
        return isWatched && reaches(own.below, below, -1) && reaches(own.above, above, 1);
      }),
    );
    expect(fc.check(inside, { numRuns: 2000 }).counterexample).toBeNull();
  });

  test('are no looser than everybody’s without a reason', () => {
    const inside = fc.property(patients, (patient) =>
      pairs({ ...patient, reason: ' ' }).every(
        ([tier, own]) => reaches(own?.below, tier.below, -1) && reaches(own?.above, tier.above, 1),
      ),
    );
    expect(fc.check(inside, { numRuns: 1000 }).counterexample).toBeNull();
  });

  test('are everybody’s where nothing is known', () => {
    expect(profileFor(NOBODY, PROPOSED_PROFILE)).toEqual(PROPOSED_PROFILE);
    expect(isLoosened(NOBODY, PROPOSED_PROFILE)).toBe(false);
  });

  test.each<[string, Partial<BoundedPatient>, Parameter, unknown]>([
    [
      'a baseline of 90 %',
      { baseline: { spo2: 90 }, reason: 'COPD' },
      'spo2',
      [
        [85, null],
        [86, null],
        [88, null],
      ],
    ],
    [
      'a baseline of 80 %, up to the bounds',
      { baseline: { spo2: 80 }, reason: 'COPD' },
      'spo2',
      [
        [85, null],
        [85, null],
        [87, null],
      ],
    ],
    [
      'a baseline of 99 %',
      { baseline: { spo2: 99 }, reason: 'x' },
      'spo2',
      [
        [85, null],
        [90, null],
        [94, null],
      ],
    ],
    [
      'an impossible baseline',
      { baseline: { spo2: 8 * 200 }, reason: 'x' },
      'spo2',
      [
        [85, null],
        [90, null],
        [94, null],
      ],
    ],
    [
      'a slow heart',
      { baseline: { pulse: 52 }, reason: 'runner' },
      'pulse',
      [
        [40, 150],
        [42, 130],
        [47, 92],
      ],
    ],
    [
      'a systolic pressure of 105',
      { baseline: { 'nibp-sys': 105 } },
      'nibp-sys',
      [
        [70, 200],
        [90, 180],
        [100, 145],
      ],
    ],
    [
      'high etCO2 at rest',
      { baseline: { etco2: 54 }, reason: 'COPD' },
      'etco2',
      [
        [null, 60],
        [30, 58],
      ],
    ],
    [
      'an opioid today',
      { comorbidities: ['sedatives-today'] },
      'spo2',
      [
        [87, null],
        [92, null],
        [96, null],
      ],
    ],
    [
      'an opioid today',
      { comorbidities: ['sedatives-today'] },
      'rr',
      [
        [1, null],
        [10, null],
        [12, 25],
      ],
    ],
    [
      'coronary disease',
      { comorbidities: ['coronary-disease', 'hypertension'] },
      'nibp-sys',
      [
        [70, 190],
        [90, 170],
        [100, 150],
      ],
    ],
    [
      'a slow heart',
      { baseline: { hr: 52 }, reason: 'runner' },
      'hr',
      [
        [40, 150],
        [42, 130],
        [47, 92],
      ],
    ],
    [
      'a diastolic pressure of 70',
      { baseline: { 'nibp-dia': 70 } },
      'nibp-dia',
      [
        [null, 120],
        [null, 110],
        [null, 95],
      ],
    ],
    [
      'coronary disease alone',
      { comorbidities: ['coronary-disease'] },
      'pulse',
      [
        [40, 140],
        [45, 120],
        [50, 100],
      ],
    ],
    [
      'coronary disease alone',
      { comorbidities: ['coronary-disease'] },
      'hr',
      [
        [40, 140],
        [45, 120],
        [50, 100],
      ],
    ],
    [
      'coronary disease alone',
      { comorbidities: ['coronary-disease'] },
      'nibp-sys',
      [
        [70, 190],
        [90, 170],
        [100, 150],
      ],
    ],
    [
      'coronary disease alone',
      { comorbidities: ['coronary-disease'] },
      'nibp-dia',
      [
        [null, 115],
        [null, 105],
        [null, 95],
      ],
    ],
    [
      'hypertension alone',
      { comorbidities: ['hypertension'] },
      'pulse',
      [
        [40, 150],
        [45, 130],
        [50, 110],
      ],
    ],
    [
      'hypertension alone',
      { comorbidities: ['hypertension'] },
      'hr',
      [
        [40, 150],
        [45, 130],
        [50, 110],
      ],
    ],
    [
      'hypertension alone',
      { comorbidities: ['hypertension'] },
      'nibp-sys',
      [
        [70, 190],
        [90, 170],
        [100, 150],
      ],
    ],
    [
      'hypertension alone',
      { comorbidities: ['hypertension'] },
      'nibp-dia',
      [
        [null, 115],
        [null, 105],
        [null, 95],
      ],
    ],
    [
      'an opioid today',
      { comorbidities: ['sedatives-today'] },
      'etco2',
      [
        [null, 55],
        [30, 45],
      ],
    ],
    [
      'an opioid today',
      { comorbidities: ['sedatives-today'] },
      'pulse',
      [
        [40, 150],
        [45, 130],
        [50, 110],
      ],
    ],
  ])('follow from %s', (_, patient, parameter, tiers) => {
    expect(limitsOf(patient, parameter).tiers).toEqual(tiers);
  });

  test.each(['coronary-disease', 'hypertension'] as const)('%s makes nothing required', (comorbidity) => {
    const { vitals } = profileFor({ ...NOBODY, comorbidities: [comorbidity] }, PROPOSED_PROFILE);
    expect(vitals.map(({ required }) => required)).toEqual(PROPOSED_PROFILE.vitals.map(({ required }) => required));
  });

  test.each(['copd', 'sedatives-today'] as const)('%s makes breath required', (comorbidity) => {
    expect(limitsOf({ comorbidities: [comorbidity] }, 'etco2').required).toBe('always');
    expect(limitsOf({ comorbidities: [comorbidity] }, 'rr').required).toBe('always');
    expect(limitsOf({ comorbidities: [comorbidity] }, 'hr').required).toBe('when-present');
  });

  test('set no limit where there is none', () => {
    const spo2 = (below: number | null): Tier => {
      return { alarm: 'spo2-low', below, above: null, delay: millisecond(10_000), hysteresis: 2 };
    };
    const rule = { parameter: 'spo2', required: 'always', measured: 'continuous', period: millisecond(1000) } as const;
    const profile = { ...PROPOSED_PROFILE, vitals: [{ ...rule, tiers: [spo2(90), spo2(null)] }] };
    const patient = { ...NOBODY, baseline: { spo2: 88 }, reason: 'x' };
    expect(profileFor(patient, profile).vitals[0]?.tiers.map(({ below }) => below)).toEqual([85, null]);
  });

  test('loosen nothing that acts at once', () => {
    const bounds = (['pause', 'advisory'] as const).map((rank): VitalBound => {
      return { parameter: 'spo2', rank, loosestBelow: 50, loosestAbove: null };
    });
    const own = limitsOf({ baseline: { spo2: 80 }, reason: 'x', bounds }, 'spo2');
    expect(own.tiers).toEqual([
      [85, null],
      [76, null],
      [78, null],
    ]);
  });

  test('loosen nothing at a library without bounds, and of one sign and rank only what stands there', () => {
    const patient = { baseline: { spo2: 88, pulse: 48 }, reason: 'x' };
    const only: VitalBound = { parameter: 'spo2', rank: 'advisory', loosestBelow: 91, loosestAbove: null };
    const spo2 = (bounds: readonly VitalBound[]) =>
      limitsOf({ ...patient, bounds }, 'spo2').tiers?.map(([below]) => below);
    expect(spo2([])).toEqual([85, 90, 94]);
    expect(spo2([only])).toEqual([85, 90, 91]);
    expect(limitsOf({ ...patient, bounds: [only] }, 'pulse').tiers?.map(([below]) => below)).toEqual([40, 45, 50]);
    expect(isLoosened({ ...NOBODY, ...patient, bounds: [] }, PROPOSED_PROFILE)).toBe(false);
  });

  test('looser ones are told before a reason is given', () => {
    expect(isLoosened({ ...NOBODY, baseline: { spo2: 90 } }, PROPOSED_PROFILE)).toBe(true);
    expect(isLoosened({ ...NOBODY, baseline: { etco2: 50 } }, PROPOSED_PROFILE)).toBe(true);
    expect(isLoosened({ ...NOBODY, comorbidities: ['hypertension'] }, PROPOSED_PROFILE)).toBe(false);
  });
});

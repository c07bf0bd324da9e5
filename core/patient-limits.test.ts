import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BINDING, brief, Chair } from './engine/testing.ts';
import { COMORBIDITIES, type Comorbidity, isLoosened, type PatientFactors, profileFor } from './patient-limits.ts';
import { PROPOSED_PROFILE, type Tier } from './profile.ts';
import { millisecond } from './units.ts';
import { PARAMETER_NAMES, type Parameter } from './vitals.ts';

const NOBODY: PatientFactors = { comorbidities: [], baseline: {}, reason: '' };
const limitsOf = (patient: Partial<PatientFactors>, parameter: Parameter) => {
  const rule = profileFor({ ...NOBODY, ...patient }, PROPOSED_PROFILE).vitals.find(
    (one) => one.parameter === parameter,
  );
  return { required: rule?.required, tiers: rule?.tiers.map(({ below, above }) => [below, above]) };
};

const figures = fc.oneof(fc.integer({ min: -50, max: 400 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
const patients: fc.Arbitrary<PatientFactors> = fc.record({
  comorbidities: fc.subarray(Object.keys(COMORBIDITIES) as Comorbidity[]),
  baseline: fc.dictionary(fc.constantFrom(...PARAMETER_NAMES), figures),
  reason: fc.constantFrom('', '  ', 'known for years'),
});

/** Every tier of the proposal beside the patient's own. */
const pairs = (patient: PatientFactors): readonly (readonly [Tier, Tier | undefined])[] => {
  const own = profileFor(patient, PROPOSED_PROFILE).vitals;
  return PROPOSED_PROFILE.vitals.flatMap(({ tiers }, i) => tiers.map((tier, j) => [tier, own[i]?.tiers[j]] as const));
};

const reaches = (limit: number | null | undefined, bound: number | null, outwards: 1 | -1): boolean =>
  bound === null ? limit === null : typeof limit === 'number' && (bound - limit) * outwards >= 0;

describe('the limits of one patient (R-5.8)', () => {
  test('are never looser than their bounds, whatever is said of the patient', () => {
    const inside = fc.property(patients, (patient) =>
      pairs(patient).every(
        ([tier, own]) =>
          own?.alarm === tier.alarm &&
          own.delay === tier.delay &&
          reaches(own.below, tier.loosestBelow ?? tier.below, -1) &&
          reaches(own.above, tier.loosestAbove ?? tier.above, 1),
      ),
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

  test.each<[string, Partial<PatientFactors>, Parameter, unknown]>([
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

  test('loosen nothing that has no bounds, and set no limit where there is none', () => {
    const spo2 = (below: number | null): Tier => {
      return { alarm: 'spo2-low', below, above: null, delay: millisecond(10_000), hysteresis: 2 };
    };
    const rule = { parameter: 'spo2', required: 'always', measured: 'continuous', period: millisecond(1000) } as const;
    const profile = { ...PROPOSED_PROFILE, vitals: [{ ...rule, tiers: [spo2(90), spo2(null)] }] };
    const patient = { ...NOBODY, baseline: { spo2: 88 }, reason: 'x' };
    expect(profileFor(patient, profile).vitals[0]?.tiers.map(({ below }) => below)).toEqual([90, null]);
    expect(isLoosened(patient, profile)).toBe(false);
  });

  test('loosen nothing that acts at once', () => {
    const { vitals } = PROPOSED_PROFILE;
    const bounded = vitals.map((rule) => ({
      ...rule,
      tiers: rule.tiers.map((tier) => ({ ...tier, loosestBelow: 50 })),
    }));
    const own = profileFor(
      { ...NOBODY, baseline: { spo2: 80 }, reason: 'x' },
      { ...PROPOSED_PROFILE, vitals: bounded },
    );
    expect(own.vitals[0]?.tiers.map(({ below }) => below)).toEqual([85, 76, 78]);
  });

  test('looser ones are told before a reason is given', () => {
    expect(isLoosened({ ...NOBODY, baseline: { spo2: 90 } }, PROPOSED_PROFILE)).toBe(true);
    expect(isLoosened({ ...NOBODY, baseline: { etco2: 50 } }, PROPOSED_PROFILE)).toBe(true);
    expect(isLoosened({ ...NOBODY, comorbidities: ['hypertension'] }, PROPOSED_PROFILE)).toBe(false);
  });
});

describe('a session with limits of its own', () => {
  const copd: PatientFactors = { comorbidities: [], baseline: { spo2: 90 }, reason: 'COPD, 90 % at rest' };

  test('is held to them', () => {
    const chair = new Chair();
    chair.spo2 = 88;
    chair.arm({ ...BINDING, patient: copd });
    chair.start();
    chair.runChain();
    expect(chair.state.phase).toBe('infusing');
    chair.spo2 = 85;
    expect(brief(chair.pass(12_000))).toContain('raised:spo2-low');
  });

  test('gives them up at its end', () => {
    const chair = new Chair();
    chair.spo2 = 88;
    chair.arm({ ...BINDING, patient: copd });
    expect(Object.keys(chair.state.alarms)).toEqual([]);
    chair.send({ kind: 'end', by: 'anna', reason: 'x' });
    expect(brief(chair.pass(12_000))).toContain('raised:spo2-low');
  });

  test('gives them up where it was interrupted', () => {
    const chair = new Chair().connect();
    chair.spo2 = 88;
    chair.send({ kind: 'interrupted', binding: { ...BINDING, patient: copd }, delivered: 1000 });
    expect(brief(chair.pass(12_000))).toContain('raised:spo2-low');
  });

  test('cannot be armed without the breath it requires', () => {
    const chair = new Chair().connect();
    chair.send({ kind: 'plan', by: 'anna', binding: { ...BINDING, patient: { ...NOBODY, comorbidities: ['copd'] } } });
    chair.send({ kind: 'check', by: 'anna' });
    expect(brief(chair.send({ kind: 'arm', by: 'anna' }))).toEqual(['refused:no-vitals']);
    chair.others = { rr: 14, etco2: 40 };
    chair.pass(1000);
    expect(brief(chair.send({ kind: 'arm', by: 'anna' }))).toContain('accepted');
  });
});

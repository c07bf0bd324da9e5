import { expect, test } from 'vitest';
import { NO_FACTORS, readFactors } from './factors-draft.ts';

test('nothing known is everybody’s limits', () => {
  expect(readFactors(NO_FACTORS)).toEqual({ factors: null, errors: {} });
});

test('diseases, values at rest and the reason are read as given', () => {
  const draft = { ...NO_FACTORS, baseline: { ...NO_FACTORS.baseline, spo2: '90' }, reason: ' for years ' };
  expect(readFactors({ ...draft, comorbidities: ['copd'] })).toEqual({
    factors: { comorbidities: ['copd'], baseline: { spo2: 90 }, reason: 'for years' },
    errors: {},
  });
});

test('a value that cannot be is explained, and nothing is sent without it', () => {
  const draft = { ...NO_FACTORS, baseline: { ...NO_FACTORS.baseline, spo2: '900' } };
  expect(readFactors({ ...draft, comorbidities: ['copd'] })).toEqual({
    factors: null,
    errors: { spo2: 'Not possible: 0 to 100 %. Measure again.' },
  });
});

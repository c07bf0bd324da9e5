import { describe, expect, test } from 'vitest';
import { SHIPPED_LIBRARY } from '../../core/shipped-library.ts';
import { entryLimits, findingText } from './limit-text.ts';

describe('limits in words', () => {
  test.each([
    [
      'dose-rate',
      'above',
      1714.28,
      1000,
      'ug/kg/h',
      'dose rate by weight 1.714 mg/kg/h is above the hard limit of 1 mg/kg/h',
    ],
    ['duration', 'below', 52_000, 1_800_000, 'ms', 'duration 0.8667 min is below the hard limit of 30 min'],
    ['pump-volume', 'above', 75_000, 60_000, 'uL', 'volume of the syringe 75 mL is above the hard limit of 60 mL'],
    ['concentration', 'above', 50_000, 2000, 'ug/mL', 'concentration 50 mg/mL is not one this drug is prepared in'],
  ] as const)('%s %s', (what, side, value, limit, unit, text) => {
    expect(findingText({ level: 'hard', what, side, value, limit, unit })).toBe(text);
  });

  test('an entry says what it allows, softly and at all', () => {
    const mood = SHIPPED_LIBRARY.entries.find(({ id }) => id === 'KETAMINE-MOOD-CLINIC');
    const limits = mood === undefined ? [] : entryLimits(mood);
    expect(limits).toContain('Dose rate by weight 0.3 to 0.75 mg/kg/h, beyond it with a reason');
    expect(limits).toContain('Dose rate by weight never outside: 0.1 to 1 mg/kg/h');
    expect(limits).toContain('Duration 30 to 60 min, beyond it with a reason');
    expect(limits).toContain('SpO2 at rest moves the limit that pauses no lower than 85 %');
    expect(limits).toContain('etCO2 at rest moves the limit that only calls no higher than 58 mmHg');
  });
});

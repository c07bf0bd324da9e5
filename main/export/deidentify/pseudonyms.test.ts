import { describe, expect, test } from 'vitest';
import { dateShift } from './pseudonyms.ts';

const DAY = 86_400_000;
const site = Buffer.alloc(32, 7);
const patients = Array.from({ length: 500 }, (_, index) => `P-${index}`);

describe('the shift of dates', () => {
  test('is whole days of 24 hours into the past, at most a year, so that no change to summer time shows', () => {
    const days = patients.map((patient) => dateShift(site, patient) / DAY);
    expect(days.every((each) => Number.isInteger(each) && each <= -1 && each >= -365)).toBe(true);
    expect(new Set(days).size).toBeGreaterThan(200);
  });

  test('is one for each patient, however the id is written, and another at another site', () => {
    expect(dateShift(site, 'p-1001')).toBe(dateShift(site, 'P-1001'));
    const other = Buffer.alloc(32, 8);
    expect(patients.filter((patient) => dateShift(site, patient) === dateShift(other, patient)).length).toBeLessThan(
      20,
    );
  });
});

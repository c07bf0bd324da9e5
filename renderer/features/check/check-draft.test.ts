import { describe, expect, test } from 'vitest';
import { errorOf, nextEmpty, NOTHING_READ, stillOpen, UNANSWERED } from './check-draft.ts';

const READ = { patientIdRead: 'P-1042', drugLotRead: 'KX7-221', concentrationRead: '2' };
const ANSWERED = {
  identityConfirmed: true,
  drugAndConcentrationConfirmed: true,
  otherDrugsAndDiseasesReviewed: true,
  risksDisclosed: true,
};

describe('a bedside check', () => {
  test('begins with nothing read and nothing confirmed, and says so', () => {
    expect(stillOpen(NOTHING_READ, UNANSWERED)).toEqual([
      'Not read: patient id, lot, concentration',
      '4 of 4 not confirmed',
    ]);
  });

  test.each([
    ['patientIdRead', 'patient id'],
    ['drugLotRead', 'lot'],
    ['concentrationRead', 'concentration'],
  ])('is open while %s is empty', (field, name) => {
    expect(stillOpen({ ...READ, [field]: ' ' }, ANSWERED)).toEqual([`Not read: ${name}`]);
  });

  test.each(['2,000', '2.', 'two', '0'])('is open while the concentration is "%s", which is explained', (typed) => {
    const reading = { ...READ, concentrationRead: typed };
    expect(stillOpen(reading, ANSWERED)).toEqual(['Not read: concentration']);
    expect(errorOf('concentrationRead', reading, null)).toMatch(/\w/);
  });

  test('is complete with everything read and confirmed', () => {
    expect(stillOpen(READ, ANSWERED)).toEqual([]);
    expect(stillOpen(READ, { ...ANSWERED, risksDisclosed: false })).toEqual(['1 of 4 not confirmed']);
  });

  test.each([
    ['CHECK_PATIENT_MISMATCH', 'patientIdRead'],
    ['CHECK_LOT_MISMATCH', 'drugLotRead'],
    ['CHECK_CONCENTRATION_MISMATCH', 'concentrationRead'],
  ])('refused with %s shows it at %s and at no other field', (code, field) => {
    const errors = (['patientIdRead', 'drugLotRead', 'concentrationRead'] as const).flatMap((each) =>
      errorOf(each, READ, code) === null ? [] : [each],
    );
    expect(errors).toEqual([field]);
  });
});

describe('Enter', () => {
  test.each([
    [['x', '', ''], 0, 1],
    [['x', 'x', ''], 0, 2],
    [['', 'x', 'x'], 2, 0],
    [['', '', ''], 2, 0],
    [['', 'x', 'x'], 0, null],
    [['x', 'x', 'x'], 1, null],
  ])('among %j at %d leads to %s', (texts, from, to) => {
    expect(nextEmpty(texts, from)).toBe(to);
  });
});

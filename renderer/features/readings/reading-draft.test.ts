import { expect, test } from 'vitest';
import { readBaseline, readCuff } from './reading-draft.ts';

test('a cuff pressure is read as typed', () => {
  expect(readCuff({ systolic: ' 128 ', diastolic: '78' })).toEqual({
    reading: { kind: 'cuff', systolicMmHg: 128, diastolicMmHg: 78 },
    errors: { systolic: null, diastolic: null },
  });
});

test.each([
  ['12', '70', 'systolic', /Not possible: 30 to 300 mmHg/],
  ['1280', '70', 'systolic', /Not possible/],
  ['120,5', '70', 'systolic', /Whole numbers only/],
  ['0120', '70', 'systolic', /extra zero/],
  ['120', '120', 'diastolic', /below the systolic/],
  ['120', '-70', 'diastolic', /Whole numbers only/],
] as const)('%s over %s is refused and explained, not corrected', (systolic, diastolic, side, why) => {
  const { reading, errors } = readCuff({ systolic, diastolic });
  expect(reading).toBeNull();
  expect(errors[side]).toMatch(why);
});

test('nothing typed is no error and no reading', () => {
  expect(readCuff({ systolic: '', diastolic: '' })).toEqual({
    reading: null,
    errors: { systolic: null, diastolic: null },
  });
  expect(readBaseline('', 'spo2')).toEqual({ kind: 'empty' });
});

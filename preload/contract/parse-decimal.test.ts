import { describe, expect, test } from 'vitest';
import { parseDecimal } from './parse-decimal.ts';

describe('typed numbers', () => {
  test.each([
    ['35', 35_000],
    ['41.25', 41_250],
    ['41,25', 41_250],
    ['0.5', 500],
    [' 70 ', 70_000],
    ['0,07', 70],
  ])('%s is read exactly', (typed, thousandths) => {
    expect(parseDecimal(typed)).toEqual({ kind: 'value', thousandths });
  });

  test.each([
    '1,000',
    '1.000',
    '1.2.3',
    '1,2.3',
    '.5',
    '5.',
    '05',
    '0',
    '0.00',
    '-5',
    '1e3',
    '5 mg',
    '5 0',
    '٣٥',
    '123456',
  ])('%s is refused and explained, not corrected', (typed) => {
    const result = parseDecimal(typed);
    expect(result.kind).toBe('malformed');
    expect(result).toHaveProperty('why', expect.stringMatching(/\w/));
  });

  test('an empty field is not an error yet', () => {
    expect(parseDecimal('  ')).toEqual({ kind: 'empty' });
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromWire, rateFrom, toReply, toWire, volumeFrom } from './numbers.ts';

describe('a number for the pump', () => {
  test.each([
    [0, '0'],
    [125, '0.125'],
    [12_500, '12.5'],
    [12_345, '12.34'],
    [999_999, '999.9'],
    [1_699_999, '1699'],
    [9_999_999, '9999'],
  ])('of %i thousandths is %s', (thousandths, text) => {
    expect(toWire(thousandths)).toBe(text);
  });

  test('never says more than it was given, and has at most four digits', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999 }), (thousandths) => {
        const text = toWire(thousandths);
        expect(text).toMatch(/^(?=(\D*\d){1,4}\D*$)\d+(\.\d{1,3})?$/);
        const back = fromWire(text) ?? Number.NaN;
        expect(back).toBeLessThanOrEqual(thousandths);
        expect(thousandths - back).toBeLessThan(thousandths < 10_000 ? 1 : thousandths / 1000);
      }),
    );
  });

  test.each([10_000_000, -1, 0.5, Number.NaN])('%d is not carried', (thousandths) => {
    expect(() => toWire(thousandths)).toThrow(RangeError);
  });
});

describe('a number from the pump', () => {
  test('is exact, and null where no pump would send it', () => {
    expect(fromWire('14.43')).toBe(14_430);
    expect(fromWire('1234.')).toBe(1_234_000);
    expect(fromWire('.125')).toBe(125);
    for (const text of ['', '.', '12.345', '12345', '1e3', '-1', '1.2.3', ' 1', '0.1234']) {
      expect(fromWire(text)).toBeNull();
    }
  });

  test('carries its unit into microlitres, fractions counted up', () => {
    expect(rateFrom('12.50MH')).toBe(12_500);
    expect(rateFrom('1234.UM')).toBe(74_040);
    expect(rateFrom('0.001UH')).toBe(1);
    expect(rateFrom('1.000MM')).toBe(60_000);
    expect(volumeFrom('17.50ML')).toBe(17_500);
    expect(volumeFrom('0.250UL')).toBe(1);
    expect(rateFrom('12.50ML')).toBeNull();
    expect(volumeFrom('ML')).toBeNull();
  });

  test('always has five characters, four digits and a point', () => {
    expect([0, 250, 14_430, 250_000, 1_234_000, 9.999].map(toReply)).toEqual([
      '0.000',
      '0.250',
      '14.43',
      '250.0',
      '1234.',
      '0.009',
    ]);
  });
});

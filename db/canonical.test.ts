import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBody, canonicalValues } from './canonical.ts';
import { jcs } from './jcs.ts';

describe('canonical form', () => {
  test('is the example of RFC 8785 section 3.2.2', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    const expected =
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
    expect(canonicalValues(value)).toBe(expected);
    expect(jcs(value)).toBe(expected);
  });

  test('sorts names by UTF-16 code units (RFC 8785 section 3.2.3)', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    const names = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    expect(Object.keys(JSON.parse(jcs(value)) as object).toSorted()).toEqual(names.toSorted());
    expect([...jcs(value).matchAll(/:(\d)/g)].map(([, digit]) => digit).join('')).toBe('2467153');
    expect(canonicalBody(value)).toBe(jcs(value));
  });

  test('is the same from the writer and from the checker, for any JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        expect(canonicalValues(value)).toBe(jcs(value));
        expect(jcs(JSON.parse(jcs(value)))).toBe(jcs(value));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['NaN', { dose: Number.NaN }],
    ['infinity', { dose: Number.POSITIVE_INFINITY }],
    ['undefined', { dose: undefined }],
    ['half a character', { note: '\ud800' }],
    ['half a character in a name', { '\udc00': 1 }],
    ['a big integer', { dose: 1n }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalValues({ nested: [value] })).toThrow(expect.objectContaining({ code: 'RECORD_FAILED' }));
    expect(() => jcs({ nested: [value] })).toThrow(TypeError);
  });

  test('refuses a fraction in a row, because doses are counted', () => {
    expect(() => canonicalBody({ new: { doseUg: 0.5 } })).toThrow(/body\.new\.doseUg is not a whole number/);
    expect(() => canonicalBody({ new: { doseUg: 2 ** 53 } })).toThrow(/not a whole number/);
    expect(canonicalValues({ spo2: [97.5] })).toBe('{"spo2":[97.5]}');
  });
});

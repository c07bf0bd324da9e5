import { expect, test } from 'vitest';
import { isPossible } from './vitals.ts';

test.each([
  ['spo2', 100, true],
  ['spo2', 101, false],
  ['spo2', 0, true],
  ['spo2', -1, false],
  ['pulse', 321, true],
  ['pulse', 511, false],
  ['pulse', Number.NaN, false],
  ['spo2', Number.POSITIVE_INFINITY, false],
  ['hr', 0, true],
  ['rr', 0, true],
  ['nibp-sys', 0, false],
  ['nibp-dia', 0, false],
  ['etco2', 37.5, true],
  ['sedation', 0, true],
  ['sedation', 4.5, false],
  ['sedation', 6, false],
] as const)('%s of %d: possible %s (R-5.5)', (parameter, value, possible) => {
  expect(isPossible(parameter, value)).toBe(possible);
});

import { expect, test } from 'vitest';
import { sideText } from './drug-words.ts';

test.each([
  ['balanced', 0, 'balances'],
  ['missing', 5000, '5.00 mg not accounted for'],
  ['excess', 12, '0.02 mg more than was taken'],
] as const)('a side that is %s by %i ug says so with its unit', (kind, differenceUg, text) => {
  expect(sideText({ kind, differenceUg, takenUg: 0, accountedUg: 0 })).toBe(text);
});

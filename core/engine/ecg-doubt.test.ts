import { expect, test } from 'vitest';
import { isContradicted } from './ecg-doubt.ts';

const LOW = { below: 45, above: null };
const HIGH = { below: null, above: 140 };

test.each([
  ['too few beats beside a pulse of just enough', LOW, 44, 45, false, true],
  ['too few beats beside a pulse of too few', LOW, 44, 44, false, false],
  ['too few beats without a pulse', LOW, 44, null, false, false],
  ['too few beats, although another sensor agrees that the patient is unwell', LOW, 30, 70, true, true],
  ['a rate at the lower limit itself', LOW, 45, 70, false, false],
  ['a rate above a lower limit, however small the pulse', LOW, 90, 0, false, false],
  ['just 1.75 times the pulse', HIGH, 175, 100, false, true],
  ['less than 1.75 times the pulse', HIGH, 174, 100, false, false],
  ['1.75 times the pulse and more, while another sensor agrees', HIGH, 200, 100, true, false],
  ['1.75 times the pulse and more at the upper limit itself', HIGH, 140, 70, false, false],
  ['twice a pulse that is at its own limit', HIGH, 280, 140, false, true],
  ['twice a pulse that is too fast itself', HIGH, 282, 141, false, false],
  ['too many beats without a pulse', HIGH, 300, null, false, false],
])('%s', (_, limits, rate, pulse, agreed, expected) => {
  expect(isContradicted(limits, rate, pulse, agreed)).toBe(expected);
});

import { describe, expect, test } from 'vitest';
import { gram } from '../units.ts';
import { individualModel } from './individual-model.ts';

describe('a published model for one patient', () => {
  test.each([
    // Steady-state volume in L and clearance in L/h at 70 kg, as derived by others from the same papers.
    ['clements', 289, 80.2],
    ['domino', 193, 115.9],
    ['kamp', 238, 84],
    ['herd', 140.7, 90],
  ] as const)('%s has its volume and its clearance at 70 kg', (name, litres, litresPerHour) => {
    const { centralLitres, k10, k12, k21, k13, k31 } = individualModel(name, gram(70_000));
    const slow = k31 === 0 ? 0 : k13 / k31;
    expect(Math.abs(centralLitres * (1 + k12 / k21 + slow) - litres)).toBeLessThan(0.5);
    expect(centralLitres * k10 * 60).toBeCloseTo(litresPerHour, 0);
  });

  test('only those stated in clearances slow down with the weight', () => {
    const ratio = (name: 'domino' | 'kamp') =>
      individualModel(name, gram(140_000)).k10 / individualModel(name, gram(70_000)).k10;
    expect(ratio('domino')).toBe(1);
    expect(ratio('kamp')).toBeCloseTo(2 ** -0.25, 12);
  });

  test('there is none for a patient without weight', () => {
    expect(() => individualModel('kamp', gram(0))).toThrow(RangeError);
    expect(() => individualModel('domino', gram(0))).toThrow(RangeError);
  });
});

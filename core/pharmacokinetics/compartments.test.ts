import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gram, millisecond } from '../units.ts';
import { advance, type CompartmentModel, type CompartmentState, DRUG_FREE } from './compartments.ts';
import { individualModel } from './individual-model.ts';

/** What arrives piece by piece. */
type Course = readonly (readonly [milliseconds: number, micrograms: number])[];

const patient: fc.Arbitrary<CompartmentModel> = fc
  .record({
    name: fc.constantFrom('clements' as const, 'domino' as const, 'kamp' as const, 'herd' as const),
    grams: fc.integer({ min: 10_000, max: 250_000 }),
  })
  .map(({ name, grams }) => individualModel(name, gram(grams)));
const time = fc.integer({ min: 0, max: 7_200_000 });
/** Micrograms with three decimals, up to 200 mg. */
const mass = fc.integer({ min: 0, max: 200_000_000 }).map((nanograms) => nanograms / 1000);
const course: fc.Arbitrary<Course> = fc.array(fc.tuple(time, mass), { minLength: 1, maxLength: 6 });

function follow(model: CompartmentModel, pieces: Course, from = DRUG_FREE): CompartmentState {
  return pieces.reduce((state, [time, mass]) => advance(model, state, millisecond(time), mass), from);
}

const amounts = ({ central, fast, slow, eliminated }: CompartmentState) => [central, fast, slow, eliminated];
const given = (pieces: Course): number => pieces.reduce((sum, [, mass]) => sum + mass, 0);

/** Share of the drug given that rounding may cost over some thousand additions. */
const ROUNDING = 1e-11;

const largestDifference = (some: readonly number[], others: readonly number[]): number =>
  Math.max(...some.map((value, index) => Math.abs(value - (others[index] ?? Number.NaN))));

describe('a compartment model', () => {
  test('holds all drug that came, in the body or out of it', () => {
    fc.assert(
      fc.property(patient, course, (model, pieces) => {
        const held = amounts(follow(model, pieces)).reduce((sum, amount) => sum + amount, 0);
        expect(Math.abs(held - given(pieces))).toBeLessThanOrEqual(ROUNDING * given(pieces));
      }),
    );
  });

  test('holds it also where a tissue gives back faster than the centre loses', () => {
    const quick: CompartmentModel = { centralLitres: 5, k10: 0.1, k12: 0.2, k21: 2, k13: 0, k31: 0 };
    const held = amounts(advance(quick, DRUG_FREE, millisecond(600_000), 1000)).reduce(
      (sum, amount) => sum + amount,
      0,
    );
    expect(held).toBeCloseTo(1000, 6);
  });

  test('never holds less than nothing', () => {
    fc.assert(
      fc.property(patient, course, (model, pieces) => {
        for (const amount of amounts(follow(model, pieces))) expect(amount).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('is linear: a multiple of the drug is the same multiple everywhere', () => {
    fc.assert(
      fc.property(patient, course, fc.integer({ min: 0, max: 20 }), (model, pieces, factor) => {
        const more = pieces.map(([time, mass]) => [time, mass * factor] as const);
        const wanted = amounts(follow(model, pieces)).map((amount) => amount * factor);
        expect(largestDifference(amounts(follow(model, more)), wanted)).toBeLessThanOrEqual(
          ROUNDING * (given(pieces) * factor),
        );
      }),
    );
  });

  test('is a superposition: the second infusion adds to what is left of the first', () => {
    const pairs = fc.array(fc.tuple(time, mass, mass), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(patient, pairs, (model, pieces) => {
        const first = pieces.map(([time, mass]) => [time, mass] as const);
        const second = pieces.map(([time, , mass]) => [time, mass] as const);
        const both = pieces.map(([time, one, other]) => [time, one + other] as const);
        const [one, other] = [amounts(follow(model, first)), amounts(follow(model, second))];
        const wanted = one.map((amount, index) => amount + (other[index] ?? Number.NaN));
        expect(largestDifference(amounts(follow(model, both)), wanted)).toBeLessThanOrEqual(ROUNDING * given(both));
      }),
    );
  });

  test('does not depend on how time is cut', () => {
    const cut = fc.integer({ min: 1, max: 400 });
    const piece = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(patient, course, cut, piece, mass, (model, before, parts, milliseconds, micrograms) => {
        const start = follow(model, before);
        const fine: Course = Array.from({ length: parts }, () => [milliseconds, micrograms / parts]);
        const coarse = advance(model, start, millisecond(milliseconds * parts), micrograms);
        expect(largestDifference(amounts(follow(model, fine, start)), amounts(coarse))).toBeLessThanOrEqual(
          ROUNDING * (given(before) + micrograms),
        );
      }),
    );
  });

  test('takes a bolus in no time, and passes no time without drug', () => {
    const model = individualModel('kamp', gram(70_000));
    const state = advance(model, DRUG_FREE, millisecond(0), 1234.5);
    expect(state).toEqual({ central: 1234.5, fast: 0, slow: 0, eliminated: 0 });
    expect(advance(model, state, millisecond(0), 0)).toEqual(state);
  });

  test('leaves the state it was given as it was', () => {
    const start = Object.freeze({ central: 5, fast: 4, slow: 3, eliminated: 2 });
    advance(individualModel('domino', gram(70_000)), start, millisecond(60_000), 10);
    expect(start).toEqual({ central: 5, fast: 4, slow: 3, eliminated: 2 });
  });

  test('survives a station that slept for a month', () => {
    const model = individualModel('domino', gram(70_000));
    const state = advance(model, { ...DRUG_FREE, central: 35_000 }, millisecond(30 * 24 * 3_600_000), 0);
    expect(state.central).toBeLessThan(1e-9);
    expect(state.eliminated / 35_000).toBeCloseTo(1, 9);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %f micrograms', (micrograms) => {
    const model = individualModel('herd', gram(70_000));
    expect(() => advance(model, DRUG_FREE, millisecond(1000), micrograms)).toThrow(RangeError);
  });
});

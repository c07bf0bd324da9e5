import { describe, expect, test } from 'vitest';
import { gram, microgram, millisecond } from '../units.ts';
import { isModelled } from './ketamine-models.ts';
import { advancePrediction, predictedBand, predictionWithoutDrug } from './predicted-band.ts';

const MINUTE = 60_000;

/** 0.5 mg/kg over 40 min at 70 kg. */
function usualInfusion() {
  return advancePrediction(predictionWithoutDrug(gram(70_000)), millisecond(40 * MINUTE), microgram(35_000));
}

describe('the predicted band', () => {
  test('is zero before the first drug', () => {
    expect(predictedBand(predictionWithoutDrug(gram(70_000)))).toEqual({
      min: 0,
      max: 0,
      byModel: { clements: 0, domino: 0, kamp: 0, herd: 0 },
    });
  });

  test('spans the models and says which is where', () => {
    const { min, max, byModel } = predictedBand(usualInfusion());
    expect(min).toBeCloseTo(177.31, 2);
    expect(max).toBeCloseTo(253.42, 2);
    expect(byModel.clements).toBe(min);
    expect(byModel.herd).toBe(max);
    expect(byModel.domino).toBeCloseTo(240.33, 2);
    expect(byModel.kamp).toBeCloseTo(253.05, 2);
  });

  test('looks ahead from a stop: another model is the highest then', () => {
    const { min, max, byModel } = predictedBand(
      advancePrediction(usualInfusion(), millisecond(20 * MINUTE), microgram(0)),
    );
    expect([min, max]).toEqual([byModel.domino, byModel.herd]);
    expect(min).toBeCloseTo(55.11, 2);
  });

  test('goes on from a stored prediction as if nothing had been', () => {
    const stored: ReturnType<typeof usualInfusion> = JSON.parse(JSON.stringify(usualInfusion()));
    const next = [millisecond(5 * MINUTE), microgram(1000)] as const;
    expect(advancePrediction(stored, ...next)).toEqual(advancePrediction(usualInfusion(), ...next));
  });

  test.each([
    ['ketamine', true],
    [' Ketamine', true],
    ['esketamine', false],
    ['ketamine S', false],
    ['', false],
  ])('is for racemic ketamine only: %j', (drug, described) => {
    expect(isModelled(drug)).toBe(described);
  });

  test('is none for a patient without weight', () => {
    expect(() => predictionWithoutDrug(gram(0))).toThrow(RangeError);
  });
});

import { describe, expect, test } from 'vitest';
import { type Episode, Patient } from './patient.ts';
import { Ketamine } from './pharmacokinetics.ts';

const SECOND = 1000;

/** Signs after some seconds of an episode, with drug arriving evenly. */
function after(seconds: number, episode: Episode, patient = new Patient({ weightKg: 70 }), microgramsPerSecond = 0) {
  patient.begin(episode);
  let signs = patient.advance(0, 0);
  for (let second = 0; second < seconds; second += 1) signs = patient.advance(SECOND, microgramsPerSecond);
  return signs;
}

describe('ketamine in the virtual patient', () => {
  // 35 mg over 40 min at 70 kg; figures of an independent matrix-exponential solution of the same model.
  test.each([
    [5, 155.3],
    [20, 209.6],
    [40, 240.3],
    [50, 71.1],
    [90, 43],
  ])('after %i min the concentration is that of the published model', (minutes, nanogramsPerMillilitre) => {
    const drug = new Ketamine(70);
    let concentration = 0;
    for (let second = 0; second < minutes * 60; second += 1) {
      concentration = drug.advance(SECOND, second < 2400 ? 35_000 / 2400 : 0);
    }
    expect(concentration / nanogramsPerMillilitre).toBeCloseTo(1, 1.7);
  });

  test('does not depend on how time is cut', () => {
    const [fine, coarse] = [new Ketamine(70), new Ketamine(70)];
    for (let tick = 0; tick < 300; tick += 1) fine.advance(200, 100);
    expect(coarse.advance(60_000, 30_000) / fine.advance(0, 0)).toBeCloseTo(1, 3);
  });
});

describe('the virtual patient', () => {
  test('keeps plausible signs without drug', () => {
    const signs = after(300, 'none');
    expect(signs.spo2).toBe(98);
    expect(Math.abs(signs.pulse - 70)).toBeLessThanOrEqual(1);
  });

  test('answers to drug with a faster pulse and a little less oxygen, inside every limit at a usual dose', () => {
    const signs = after(2400, 'none', new Patient({ weightKg: 70 }), 35_000 / 2400);
    expect(signs.pulse).toBeGreaterThan(76);
    expect(signs.pulse).toBeLessThan(100);
    expect(signs.spo2).toBeLessThan(98);
    expect(signs.spo2).toBeGreaterThan(95);
  });

  test('desaturates by one per second, down to 82', () => {
    expect(after(10, 'desaturate').spo2).toBeCloseTo(88, 5);
    expect(after(60, 'desaturate').spo2).toBe(82);
  });

  test('loses oxygen slowly and then steeply without breath', () => {
    expect(after(14, 'apnoea').spo2).toBeGreaterThan(94);
    expect(after(25, 'apnoea').spo2).toBeLessThan(82);
    expect(after(60, 'apnoea').spo2).toBe(70);
    expect(after(90, 'apnoea').pulse).toBeLessThan(55);
  });

  test('slows its pulse to 36', () => {
    expect(Math.round(after(30, 'bradycardia').pulse)).toBeLessThanOrEqual(37);
  });

  test.each(['desaturate', 'apnoea', 'bradycardia'] as const)('recovers from %s in about ten seconds', (episode) => {
    const patient = new Patient({ weightKg: 70 });
    after(60, episode, patient);
    const signs = after(10, 'none', patient);
    expect(signs.spo2).toBeGreaterThanOrEqual(97);
    expect(Math.abs(signs.pulse - 70)).toBeLessThan(3);
  });
});

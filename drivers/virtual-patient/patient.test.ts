import { describe, expect, test } from 'vitest';
import { type Episode, Patient } from './patient.ts';

const SECOND = 1000;

/** Signs after some seconds of an episode, with drug arriving evenly. */
function after(seconds: number, episode: Episode, patient = new Patient({ weightKg: 70 }), microgramsPerSecond = 0) {
  patient.begin(episode);
  let signs = patient.advance(0, 0);
  for (let second = 0; second < seconds; second += 1) signs = patient.advance(SECOND, microgramsPerSecond);
  return signs;
}

describe('ketamine in the virtual patient', () => {
  // 35 mg over 40 min at 70 kg; ng/mL of an independent matrix-exponential solution of the same model. At these minutes
  // a breath has just ended, so that nothing of its sway is left in the pulse.
  test.each([
    [5, 155.34],
    [20, 209.58],
    [40, 240.33],
    [50, 71.12],
    [90, 43],
  ])('after %i min the pulse is that of the concentration of the Domino model', (minutes, nanogramsPerMillilitre) => {
    const patient = new Patient({ weightKg: 70 });
    after(Math.min(minutes, 40) * 60, 'none', patient, 35_000 / 2400);
    const signs = after(Math.max(minutes - 40, 0) * 60, 'none', patient);
    expect(signs.pulse).toBeCloseTo(70 + (24 * nanogramsPerMillilitre) / (nanogramsPerMillilitre + 250), 3);
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

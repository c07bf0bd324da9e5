import { describe, expect, test } from 'vitest';
import { partialsOf, pulsesIn } from '../../tests/support/burst-samples.ts';
import { alarmWav } from './alarm-wav.ts';

const RATE = 44_100;

function samplesOf(wav: Buffer): Float64Array {
  expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 12)).toBe('RIFFWAVE');
  expect(wav.readUInt32LE(24)).toBe(RATE);
  expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
  return Float64Array.from({ length: (wav.length - 44) / 2 }, (_, index) => wav.readInt16LE(44 + index * 2) / 32_768);
}

describe.each([
  ['high', 10, 0.075, 0.2],
  ['medium', 3, 0.125, 0.25],
  ['low', 2, 0.125, 0.25],
] as const)('the file of a %s alarm, measured from its samples (R-6.3, R-6.8)', (priority, count, least, most) => {
  const samples = samplesOf(alarmWav(priority));
  const pulses = pulsesIn(samples, RATE);

  test('has its pulses, each as long as it may be, that rise and fall without a click', () => {
    expect(pulses).toHaveLength(count);
    for (const { lengthS, riseS, fallS } of pulses) {
      expect(lengthS).toBeGreaterThanOrEqual(least);
      expect(lengthS).toBeLessThanOrEqual(most + 0.01);
      expect(riseS).toBeGreaterThanOrEqual(0.01);
      expect(fallS).toBeGreaterThanOrEqual(0.01);
    }
  });

  test('has a fundamental in 150-1000 Hz and four harmonics in 300-4000 Hz, and does not clip', () => {
    const { atS = 0 } = pulses[0] ?? {};
    const [fundamental = 0, ...harmonics] = partialsOf(samples.slice(atS * RATE, (atS + 0.14) * RATE), RATE);
    expect(fundamental).toBeGreaterThanOrEqual(150);
    expect(fundamental).toBeLessThanOrEqual(1000);
    expect(harmonics.filter((hertz) => hertz >= 300 && hertz <= 4000).length).toBeGreaterThanOrEqual(4);
    expect(samples.every((sample) => Math.abs(sample) < 1)).toBe(true);
  });
});

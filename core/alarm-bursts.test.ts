import { describe, expect, test } from 'vitest';
import { BURSTS, FUNDAMENTAL_HZ, HARMONICS, heightOf } from './alarm-bursts.ts';

describe('alarm bursts (R-6.3)', () => {
  test('high has ten pulses, three and two, twice', () => {
    const starts = BURSTS.high.pulses.map((pulse) => pulse.atS);
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(starts).toHaveLength(10);
    expect(gaps.map((gap) => (gap > 0.7 ? 'half' : gap > 0.3 ? 'group' : 'pulse'))).toEqual([
      'pulse',
      'pulse',
      'group',
      'pulse',
      'half',
      'pulse',
      'pulse',
      'group',
      'pulse',
    ]);
  });

  test('medium has three pulses and low one or two', () => {
    expect(BURSTS.medium.pulses).toHaveLength(3);
    expect(BURSTS.low.pulses.length).toBeLessThanOrEqual(2);
  });

  test('pulses last as long as they must and never overlap', () => {
    for (const [priority, { pulses, everyS }] of Object.entries(BURSTS)) {
      const [least, most] = priority === 'high' ? [0.075, 0.2] : [0.125, 0.25];
      for (const [index, { atS, lengthS }] of pulses.entries()) {
        expect(lengthS).toBeGreaterThanOrEqual(least);
        expect(lengthS).toBeLessThanOrEqual(most);
        expect(atS + lengthS).toBeLessThan(pulses[index + 1]?.atS ?? everyS);
      }
    }
  });

  test('the tone has its fundamental in 150-1000 Hz and four harmonics in 300-4000 Hz', () => {
    expect(FUNDAMENTAL_HZ).toBeGreaterThanOrEqual(150);
    expect(FUNDAMENTAL_HZ).toBeLessThanOrEqual(1000);
    const heard = HARMONICS.filter((n) => n > 1).map((n) => n * FUNDAMENTAL_HZ);
    expect(heard.filter((hz) => hz >= 300 && hz <= 4000).length).toBeGreaterThanOrEqual(4);
  });

  test('no harmonic is louder than the fundamental, or weaker by more than 15 dB', () => {
    const decibels = HARMONICS.map((harmonic) => 20 * Math.log10(heightOf(harmonic) / heightOf(1)));
    expect(decibels).toEqual(decibels.toSorted((one, other) => other - one));
    expect(decibels.at(-1)).toBeCloseTo(-6.99, 2);
  });
});

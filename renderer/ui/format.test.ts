import { describe, expect, test } from 'vitest';
import { age, BLANK, clock, duration, durationUnit, mass, rate, volume } from './format.ts';

describe('numbers on screen', () => {
  test('a rate keeps every digit the pump reported', () => {
    expect(rate(26_200)).toBe('26.2');
    expect(rate(26_250)).toBe('26.25');
    expect(rate(30_937)).toBe('30.937');
    expect(rate(0)).toBe('0.0');
  });

  test('what was given is never understated by rounding', () => {
    expect(mass(17_491)).toBe('17.50');
    expect(volume(8_741)).toBe('8.75');
    expect(mass(35_000)).toBe('35.00');
  });

  test('no value is a mark and not a zero', () => {
    for (const text of [rate(null), mass(null), volume(null), age(null), duration(null)]) expect(text).toBe(BLANK);
  });

  test('a value is never told younger than it is', () => {
    expect(age(0)).toBe('0.0 s');
    expect(age(9_910)).toBe('10.0 s');
    expect(age(12_001)).toBe('13 s');
    expect(age(125_000)).toBe('2 min 05 s');
  });

  test('a duration turns into hours from sixty minutes', () => {
    expect(duration(2_404_580)).toBe('40:05');
    expect(duration(3_600_000)).toBe('1:00:00');
    expect([durationUnit(3_599_000), durationUnit(3_599_001)]).toEqual(['min:s', 'h:min:s']);
  });

  test('the clock is shown as written, whatever zone the browser has', () => {
    expect(clock('2026-11-22T14:32:05.120+02:00')).toEqual({ date: '2026-11-22', time: '14:32:05', zone: '+02:00' });
    expect(clock('2026-11-22T14:32:05Z').zone).toBe('UTC');
    expect(clock('soon').time).toBe(BLANK);
  });
});

import { describe, expect, test } from 'vitest';
import {
  floorTo,
  gram,
  massIn,
  microgram,
  microgramPerMillilitre,
  microlitre,
  microlitrePerHour,
  millisecond,
  volumeOf,
} from './units.ts';

describe('quantities', () => {
  test.each([microlitre, microlitrePerHour, microgram, microgramPerMillilitre, gram, millisecond])(
    'take whole, non-negative numbers only',
    (make) => {
      expect(make(7)).toBe(7);
      for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
        expect(() => make(bad)).toThrow(RangeError);
      }
    },
  );

  test('a step is rounded down to', () => {
    expect(floorTo(26_250, 100)).toBe(26_200);
    expect(floorTo(99, 100)).toBe(0);
  });

  test('a given mass is rounded up, a volume to give is rounded down', () => {
    expect(massIn(microlitre(3), microgramPerMillilitre(500))).toBe(2);
    expect(volumeOf(microgram(5), microgramPerMillilitre(2000))).toBe(2);
  });
});

import { describe, expect, test } from 'vitest';
import { columnOf, eraseSpans, rowOf, strokeBetween } from './sweep.ts';

const size = { width: 800, height: 100, windowMs: 8000 };

describe('the sweep', () => {
  test('a sample stands where its timestamp puts it', () => {
    expect(columnOf(4000, size)).toBe(400);
    expect(columnOf(12_000, size)).toBe(400);
  });

  test('a value outside 0..1 stays on the strip', () => {
    expect(rowOf(7, size)).toBe(rowOf(1, size));
    expect(rowOf(-1, size)).toBe(rowOf(0, size));
  });

  test('a gap in the samples is a gap in the trace', () => {
    const at = (atMs: number) => ({ atMs, value: 0.5 });
    expect(strokeBetween(at(1000), at(1020), 20, size)).not.toBeNull();
    expect(strokeBetween(at(1000), at(1100), 20, size)).toBeNull();
    expect(strokeBetween(at(1000), at(1000), 20, size)).toBeNull();
    expect(strokeBetween(null, at(1000), 20, size)).toBeNull();
  });

  test('no stroke runs back across the strip where the sweep wraps', () => {
    expect(strokeBetween({ atMs: 7990, value: 0 }, { atMs: 8010, value: 0 }, 20, size)).toBeNull();
  });

  test('the bar erases ahead, across the end of the strip too', () => {
    expect(eraseSpans(1000, 1100, 20, size)).toEqual([{ x: 100, width: 30 }]);
    expect(eraseSpans(7900, 8000, 20, size)).toEqual([
      { x: 790, width: 10 },
      { x: 0, width: 20 },
    ]);
  });

  test('after a long pause nothing old is left', () => {
    expect(eraseSpans(0, 9000, 20, size)).toEqual([{ x: 0, width: 800 }]);
  });
});

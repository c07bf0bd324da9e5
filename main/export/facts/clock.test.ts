import { describe, expect, test } from 'vitest';
import { relativeClock, zoneClock } from './clock.ts';

describe('local times of a session', () => {
  test('are short on the day of its opening, whose zone the report names', () => {
    const clock = zoneClock('Europe/Zurich', '2026-11-22T08:00:00.250Z');
    expect(clock.label).toBe('Europe/Zurich, +01:00 where nothing else is said');
    expect(clock.time('2026-11-22T08:12:05.250Z')).toBe('09:12:05');
    expect(clock.moment('2026-11-22T08:12:05.250Z')).toBe('2026-11-22 09:12:05 +01:00');
  });

  test('tell the day where it is another one', () => {
    const clock = zoneClock('Europe/Zurich', '2026-11-22T22:30:00.000Z');
    expect(clock.time('2026-11-22T22:59:59.000Z')).toBe('23:59:59');
    expect(clock.time('2026-11-22T23:00:00.000Z')).toBe('2026-11-23 00:00:00 +01:00');
  });

  test('tell the offset in the hour that comes twice', () => {
    const clock = zoneClock('Europe/Zurich', '2026-10-25T00:15:00.000Z');
    expect(clock.time('2026-10-25T00:30:00.000Z')).toBe('02:30:00');
    expect(clock.time('2026-10-25T01:30:00.000Z')).toBe('2026-10-25 02:30:00 +01:00');
    expect([clock.tick(Date.parse('2026-10-25T00:30:00Z')), clock.tick(Date.parse('2026-10-25T01:30:00Z'))]).toEqual([
      '02:30',
      '02:30 +01:00',
    ]);
  });
});

test.each([
  ['of a zone with half an hour', zoneClock('Asia/Kolkata', '2026-11-22T08:00:00.250Z'), '14:00'],
  ['of a zone in the west', zoneClock('America/St_Johns', '2026-11-22T08:00:00.250Z'), '05:00'],
  ['since an opening between two seconds', relativeClock('2026-11-22T08:00:00.250Z'), '01:00'],
])('whole hours %s count from its zero', (_, clock, expected) => {
  const hour = 3_600_000;
  const from = Date.parse('2026-11-22T08:00:00.251Z');
  expect(clock.tick(clock.zero + Math.ceil((from - clock.zero) / hour) * hour)).toBe(expected);
});

import { expect, test } from 'vitest';
import { beginOfDay, dayAfter } from './local-day.ts';

test.each([
  ['2026-11-22', 'Europe/Vienna', '2026-11-21T23:00:00Z'],
  ['2026-07-01', 'Europe/Vienna', '2026-06-30T22:00:00Z'],
  ['2026-11-22', 'UTC', '2026-11-22T00:00:00Z'],
  // The clocks go forward at 02:00 and back at 03:00: the day begins with the offset of the night before.
  ['2026-03-29', 'Europe/Vienna', '2026-03-28T23:00:00Z'],
  ['2026-03-30', 'Europe/Vienna', '2026-03-29T22:00:00Z'],
  ['2026-10-25', 'Europe/Vienna', '2026-10-24T22:00:00Z'],
  ['2026-10-26', 'Europe/Vienna', '2026-10-25T23:00:00Z'],
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00Z'],
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z'],
  ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00Z'],
  ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00Z'],
])('the day %s begins in %s at %s', (day, zone, expected) => {
  expect(new Date(beginOfDay(day, zone) ?? '').toISOString()).toBe(new Date(expected).toISOString());
});

test('where the clocks go forward at midnight, the day begins at one (Santiago)', () => {
  expect(new Date(beginOfDay('2026-09-06', 'America/Santiago') ?? '').toISOString()).toBe('2026-09-06T04:00:00.000Z');
});

test('days follow each other without a gap and without an overlap, all year round', () => {
  for (const zone of ['Europe/Vienna', 'America/Santiago']) {
    for (let day = '2026-01-01'; day < '2027-01-01'; day = dayAfter(day)) {
      const hours =
        (Date.parse(beginOfDay(dayAfter(day), zone) ?? '') - Date.parse(beginOfDay(day, zone) ?? '')) / 3.6e6;
      expect([23, 24, 25], `${day} ${zone}`).toContain(hours);
    }
  }
});

test.each(['2026-13-45', '2026-02-30', '22.11.2026', ''])('"%s" is no day', (day) => {
  expect(beginOfDay(day, 'UTC')).toBeNull();
  expect(dayAfter(day)).toBe('');
});

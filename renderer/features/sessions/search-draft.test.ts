import { expect, test } from 'vitest';
import { EMPTY_SEARCH, midnight, toSearch } from './search-draft.ts';

test.each([
  ['2026-11-22', 'Europe/Vienna', '2026-11-21T23:00:00Z'],
  ['2026-07-01', 'Europe/Vienna', '2026-06-30T22:00:00Z'],
  ['2026-11-22', 'UTC', '2026-11-22T00:00:00Z'],
])('midnight of %s in %s is %s', (day, zone, expected) => {
  expect(Date.parse(midnight(day, zone) ?? '')).toBe(Date.parse(expected));
});

test.each(['2026-13-45', '22.11.2026', ''])('"%s" is no day', (day) => {
  expect(midnight(day, 'UTC')).toBeNull();
});

test('an empty draft asks for nothing but an order', () => {
  expect(toSearch(EMPTY_SEARCH, 'UTC', null)).toMatchObject({
    search: '',
    from: null,
    to: null,
    state: null,
    withAlarms: null,
    needsReview: null,
    sort: 'openedAt',
    descending: true,
  });
});

test('the last day counts as a whole, and what is set is asked for', () => {
  const draft = { ...EMPTY_SEARCH, toDay: '2026-11-30', alarms: 'without', review: 'needed', state: 'ended' } as const;
  expect(toSearch(draft, 'UTC', null)).toMatchObject({
    to: expect.stringMatching(/^2026-12-01T00:00:00(Z|\+00:00)$/),
    withAlarms: false,
    needsReview: true,
    state: 'ended',
  });
});

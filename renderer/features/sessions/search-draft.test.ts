import { expect, test } from 'vitest';
import { cleared, EMPTY_SEARCH, filtersSet, toSearch } from './search-draft.ts';

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

test('with, without and either are told apart for every element that has them', () => {
  const draft = { ...EMPTY_SEARCH, pauses: 'with', overrides: 'without', breakGlass: 'with', person: 'p1' } as const;
  expect(toSearch(draft, 'UTC', null)).toMatchObject({
    withPauses: true,
    withOverrides: false,
    withNotes: null,
    breakGlass: true,
    person: 'p1',
    chairId: null,
  });
  expect(filtersSet(draft)).toBe(4);
  expect(filtersSet({ ...EMPTY_SEARCH, search: 'x', sort: 'lots' })).toBe(0);
});

test('clearing leaves the order and asks for nothing', () => {
  const draft = { ...EMPTY_SEARCH, search: 'x', chair: 'chair-1', sort: 'lots', descending: false } as const;
  expect(cleared(draft)).toEqual({ ...EMPTY_SEARCH, sort: 'lots', descending: false });
});

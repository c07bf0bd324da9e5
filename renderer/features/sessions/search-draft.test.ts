import { expect, test } from 'vitest';
import { EMPTY_SEARCH, toSearch } from './search-draft.ts';

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

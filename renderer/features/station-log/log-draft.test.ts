import { expect, test } from 'vitest';
import { EMPTY_LOG, LOG_KINDS, toLogAsked } from './log-draft.ts';

test('an empty draft asks for everything', () => {
  expect(toLogAsked(EMPTY_LOG, 'Europe/Vienna')).toEqual({
    search: '',
    kind: null,
    outcome: null,
    from: null,
    to: null,
  });
});

test('days are those of the station, the last one as a whole, also where its clocks change', () => {
  const draft = { ...EMPTY_LOG, fromDay: '2026-10-25', toDay: ' 2026-10-25 ' };
  const { from, to } = toLogAsked(draft, 'Europe/Vienna');
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(25 * 3_600_000);
});

test('every kind has its own words', () => {
  expect(new Set(LOG_KINDS.map(([, words]) => words)).size).toBe(LOG_KINDS.length);
  expect(toLogAsked({ ...EMPTY_LOG, kind: 'clock' }, 'UTC')).toMatchObject({ kind: 'clock' });
});

import { expect, test } from 'vitest';
import type { SessionRow } from '../../app/types.ts';
import { found } from './session-order.ts';

const row = (id: string, change: Partial<SessionRow>): SessionRow => ({
  id,
  chairId: 'chair-1',
  patientId: 'P-1',
  patientName: 'Ada Novak',
  clinician: 'Dr Weber',
  openedAt: '2026-11-20T10:00:00+01:00',
  closedAt: null,
  state: 'open',
  ...change,
});
const rows = [
  row('a', { patientId: 'P-10' }),
  row('b', { patientId: 'P-9', openedAt: '2026-11-22T09:00:00+01:00', state: 'ended' }),
  row('c', { patientName: 'Bea Stone', openedAt: '2026-11-21T09:00:00+01:00' }),
];
const ids = (list: readonly SessionRow[]) => list.map((each) => each.id).join('');

test('sorts by a column in both directions, numbers as numbers', () => {
  expect(ids(found(rows, '', { column: 'openedAt', descending: true }))).toBe('bca');
  expect(ids(found(rows, 'ada', { column: 'patientId', descending: false }))).toBe('ba');
});

test('every typed word must occur', () => {
  expect(ids(found(rows, 'weber ended', { column: 'openedAt', descending: true }))).toBe('b');
  expect(found(rows, 'weber nobody', { column: 'openedAt', descending: true })).toEqual([]);
});

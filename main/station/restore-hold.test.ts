import { expect, test } from 'vitest';
import type { HoldRow } from '../../db/hold-rows.ts';
import { restoreHolds } from './restore-hold.ts';

const facts = {
  at: '2026-11-25T08:00:00.000Z',
  copy: 'chairside-record.db',
  rows: 41,
  root: '00',
  lastRowAt: '2026-11-24T08:00:00.000Z',
  replaced: null,
  movedTo: null,
  anchoredRows: 44,
};
const restored = (seq: number): HoldRow => ({ seq, act: 'record.restored', facts });
const accepted = (seq: number, of: number): HoldRow => ({
  seq,
  act: 'record.restore-accepted',
  facts: { restored: of },
});
const idsOf = (rows: readonly HoldRow[]) => restoreHolds(rows).map(({ id }) => id);

test('each copy put in place holds the station until it is itself signed for', () => {
  expect(idsOf([])).toEqual([]);
  expect(idsOf([restored(42)])).toEqual(['restored-42']);
  expect(idsOf([restored(42), accepted(43, 42)])).toEqual([]);
  expect(idsOf([restored(42), accepted(43, 42), restored(60)])).toEqual(['restored-60']);
  expect(idsOf([restored(42), restored(60), accepted(61, 60)])).toEqual(['restored-42']);
});

test('a row that does not say which copy holds it too', () => {
  const [hold] = restoreHolds([{ ...restored(42), facts: null }]);
  expect(hold).toMatchObject({ id: 'restored-42', details: ['Row 42 does not say which.'] });
});

test('what lifts it names the row it answers', () => {
  const [hold] = restoreHolds([restored(42)]);
  expect(hold?.lifted).toEqual({ act: 'record.restore-accepted', ref: 42, new: { restored: 42 } });
  expect(hold?.details.join()).toContain('Rows 42 to 44 are lost');
});

import { expect, test } from 'vitest';
import { NO_ROW } from './body.ts';
import { KeyChain } from './verify-keys.ts';
import type { RowFields } from './verify-row.ts';

const [ROOT, NEXT] = ['11'.repeat(32), '22'.repeat(32)];

const row = (seq: number, act: string, named: RowFields['new']): RowFields => ({
  seq,
  prev: NO_ROW,
  ts: '2026-11-22T10:00:00.000Z',
  act,
  outcome: 'ok',
  session: null,
  patient: null,
  chair: null,
  ...(named !== undefined && { new: named }),
});

function signersAround(named: NonNullable<RowFields['new']>): (string | undefined)[] {
  const keys = KeyChain.begin(row(1, 'log.genesis', { origin: 'o', pub: ROOT }));
  expect(keys?.follow(row(5, 'key.rotate', named))).toBe(true);
  return [4, 5, 6].map((size) => keys?.signerOf(size).toString('hex'));
}

test('what the old key signs over a change of key is no head: the new one signs that', () => {
  expect(signersAround({ pub: NEXT, heads: true })).toEqual([ROOT, NEXT, NEXT]);
});

test('a record that an earlier version ended with a change of key keeps its head', () => {
  expect(signersAround({ pub: NEXT })).toEqual([ROOT, ROOT, NEXT]);
});

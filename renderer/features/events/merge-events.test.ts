import { expect, test } from 'vitest';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { mergeEvents } from './use-events.ts';

const event = (seq: number): TrailEvent => ({
  seq,
  time: '2026-11-22T14:00:00Z',
  chairId: 'chair-1',
  sessionId: 's',
  actor: null,
  act: 'a',
  outcome: 'ok',
  text: `row ${seq}`,
  priority: null,
});

test('a row that comes live and recorded is listed once, the newest first', () => {
  expect(mergeEvents([event(3), event(1)], [event(2), event(3)]).map((row) => row.seq)).toEqual([3, 2, 1]);
});

test('the list does not grow without end', () => {
  const many = Array.from({ length: 900 }, (_, index) => event(index));
  const kept = mergeEvents([], many);
  expect(kept).toHaveLength(500);
  expect(kept[0]?.seq).toBe(899);
});

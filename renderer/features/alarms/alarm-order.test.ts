import { expect, test } from 'vitest';
import type { AlarmView } from '../../../preload/contract/frames.ts';
import { byUrgency } from './alarm-order.ts';

const alarm = (id: string, change: Partial<AlarmView>): AlarmView => ({
  id,
  priority: 'high',
  message: id,
  active: true,
  acknowledged: false,
  ageMs: 1000,
  value: null,
  limit: null,
  ...change,
});

test('a new medium alarm never hides an older high one, an acknowledged one never hides a calling one', () => {
  const order = byUrgency([
    alarm('medium', { priority: 'medium', ageMs: 0 }),
    alarm('acknowledged', { acknowledged: true, ageMs: 10 }),
    alarm('latched', { active: false }),
    alarm('older', { ageMs: 9000 }),
    alarm('newer', { ageMs: 500 }),
    alarm('low', { priority: 'low' }),
  ]);
  expect(order.map((each) => each.id)).toEqual(['newer', 'older', 'latched', 'acknowledged', 'medium', 'low']);
});

import { expect, test } from 'vitest';
import type { AlarmView } from '../../../preload/contract/frames.ts';
import { byUrgency } from './alarm-order.ts';

const alarm = (id: AlarmView['id'], change: Partial<AlarmView>): AlarmView => ({
  key: id,
  id,
  priority: 'high',
  message: id,
  active: true,
  acknowledged: false,
  escalated: false,
  silenced: false,
  raisedAtMs: 0,
  ageMs: 1000,
  value: null,
  limit: null,
  ...change,
});

test('a new medium alarm never hides an older high one, an acknowledged one never hides a calling one', () => {
  const order = byUrgency([
    alarm('signal-poor', { priority: 'medium', ageMs: 0 }),
    alarm('spo2-low', { acknowledged: true, ageMs: 10 }),
    alarm('pump-link', { active: false }),
    alarm('pump-silent', { ageMs: 9000 }),
    alarm('spo2-critical', { ageMs: 500 }),
    alarm('infusion-complete', { priority: 'low' }),
  ]);
  expect(order.map((each) => each.id)).toEqual([
    'spo2-critical',
    'pump-silent',
    'pump-link',
    'spo2-low',
    'signal-poor',
    'infusion-complete',
  ]);
});

import { expect, test } from 'vitest';
import { alarm } from '../../../tests/e2e/support/sample-frames.ts';
import { drawnAlarms } from './drawn-alarms.ts';

const HIGH = alarm('spo2-low', 'high', 'SpO2 low', { ageMs: 100 });
const OTHERS = [
  alarm('rr-limit', 'high', 'Breathing too slow', { acknowledged: true }),
  alarm('pulse-limit', 'high', 'Pulse outside its limits', { silenced: true }),
  alarm('vitals-stale', 'medium', 'Vital signs are stale'),
  alarm('signal-poor', 'medium', 'Poor signal from the sensor', { ageMs: 9000 }),
];

test('the most urgent alarm is drawn first, and beside it those that still call', () => {
  expect(drawnAlarms([...OTHERS, HIGH], 2).map(({ key }) => key)).toEqual(['spo2-low', 'vitals-stale', 'signal-poor']);
});

test('an answer to what was drawn uncovers the next, down to the last', () => {
  let alarms = [...OTHERS, HIGH];
  for (let press = 0; press < 3; press += 1) {
    const drawn = new Set(drawnAlarms(alarms, 1).map(({ key }) => key));
    alarms = alarms.map((each) => (drawn.has(each.key) ? { ...each, acknowledged: true } : each));
  }
  expect(alarms.every(({ acknowledged }) => acknowledged)).toBe(true);
});

test('without alarms nothing is drawn', () => {
  expect(drawnAlarms([], 2)).toEqual([]);
});

import { expect, test } from 'vitest';
import { alarm, IDLE, station } from '../../../tests/e2e/support/sample-frames.ts';
import type { AlarmView } from '../../../preload/contract/frames.ts';
import { sounding } from './sounding.ts';

const frame = (...alarms: AlarmView[]) => station({ ...IDLE, alarms });

test('the most urgent alarm that nobody has acknowledged sounds', () => {
  const low = alarm('infusion-complete', 'low', 'Infusion complete');
  const medium = alarm('signal-poor', 'medium', 'Poor signal');
  const answered = alarm('spo2-low', 'high', 'SpO2 low', { acknowledged: true });
  expect(sounding({ frame: frame(low, medium, answered), live: true })).toBe('medium');
  expect(sounding({ frame: frame(answered), live: true })).toBeNull();
});

test('a lost station sounds like a high alarm', () => {
  expect(sounding({ frame: frame(), live: false })).toBe('high');
  expect(sounding({ frame: null, live: false })).toBeNull();
});

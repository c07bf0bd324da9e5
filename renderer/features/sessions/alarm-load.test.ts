import { expect, test } from 'vitest';
import { loadText } from './alarm-load.tsx';

const LOAD = {
  byPriority: { high: 1, medium: 2, low: 0 },
  byAlarm: { 'spo2-low': 1, 'signal-poor': 2 },
  escalated: 1,
  audioPauses: 2,
  soundingMs: 31_000,
  overMs: 1_800_000,
} as const;

test('the alarm load of a session is a sentence with figures and units (R-6.10)', () => {
  expect(loadText(LOAD)).toBe(
    'Alarms: 3 (1 high, 2 medium, 0 low), 6.0 per hour, 1 escalated, sounding 0:31 min:s of 30:00 min:s, sound paused 2 times',
  );
  expect(loadText({ ...LOAD, overMs: 0 })).toContain('-- per hour');
  expect(loadText({ ...LOAD, overMs: 4 * 3_600_000 })).toContain('sounding 0:31 min:s of 4:00:00 h:min:s');
});

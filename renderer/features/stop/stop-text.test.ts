import { describe, expect, test } from 'vitest';
import { alarm, INFUSING } from '../../../tests/e2e/support/sample-frames.ts';
import { type ShownChair, shown } from '../../app/shown.ts';
import { stopText } from './stop-text.ts';

const chair = (change: Partial<ShownChair['pump']> = {}): ShownChair => {
  const live = shown(INFUSING, true);
  return { ...live, pump: { ...live.pump, ...change } };
};

describe('the line under STOP', () => {
  test('a sent stop is not told as a stopped pump (R-2.5)', () => {
    const { text, tone } = stopText(chair({ stopPending: true }), { kind: 'sent' });
    expect(text).toBe('Stop sent, not confirmed yet - pump reads back INFUSING, 0.2 s ago');
    expect(tone).toBe('waiting');
  });

  test('an accepted press at a pump that still runs, or cannot be read, is not calm', () => {
    expect(stopText(chair(), { kind: 'sent' }).tone).toBe('waiting');
    expect(stopText(chair({ link: 'down' }), { kind: 'sent' })).toEqual({
      text: 'Stop sent, the pump cannot be read - stop at the pump',
      tone: 'failed',
    });
  });

  test('a stopped pump is told as read back, with its age', () => {
    expect(stopText(chair({ state: 'stopped', ageMs: 300 }), { kind: 'sent' }).text).toBe(
      'Stop sent - pump reads back STOPPED, 0.3 s ago',
    );
  });

  test('a stop that did not get through sends the person to the pump', () => {
    const failed = stopText(chair(), { kind: 'failed', message: 'No answer from the station' });
    expect(failed).toEqual({ text: 'No answer from the station - stop at the pump', tone: 'failed' });
    expect(stopText(shown(INFUSING, false), undefined).text).toContain('stop at the pump');
  });

  test('an unconfirmed stop goes before the answer of the station', () => {
    const alarms = [alarm('stop-not-confirmed', 'high', 'STOP NOT CONFIRMED - stop at the pump')];
    expect(stopText({ ...chair(), alarms }, { kind: 'sent' }).tone).toBe('failed');
  });
});

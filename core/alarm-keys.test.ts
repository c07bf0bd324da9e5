import { describe, expect, test } from 'vitest';
import { alarmKey, idOf, keyFigures, messageOf, recordedKey, subjectOf } from './alarm-keys.ts';

describe('the key of an alarm', () => {
  test('is its row alone where the condition can hold only once', () => {
    const key = alarmKey('pump-link', null);
    expect(key).toBe('pump-link');
    expect([idOf(key), subjectOf(key)]).toEqual(['pump-link', null]);
    expect(messageOf(key)).toBe('Connection to the pump lost');
  });

  test('has the sign or what the device reports, and says so', () => {
    const key = alarmKey('signal-poor', 'spo2');
    expect([idOf(key), subjectOf(key)]).toEqual(['signal-poor', 'spo2']);
    expect(messageOf(key)).toBe('Poor signal from the sensor: SpO2');
    expect(messageOf(alarmKey('pump-alarm', 'stalled'))).toBe('The pump reports an alarm: its motor is stalled');
  });

  test('with a subject of another version is shown as it is', () => {
    expect(messageOf(alarmKey('signal-poor', 'eeg'))).toBe('Poor signal from the sensor: eeg');
  });

  test.each(['signal-poor', 'signal-poor:pulse'] as const)('goes into a record and comes out of it: %s', (key) => {
    const { id, subject } = { subject: undefined, ...keyFigures(key) };
    expect(recordedKey(id, subject)).toBe(key);
  });

  test('has no subject in a record where its row has none', () => {
    expect(Object.keys(keyFigures('pump-link'))).toEqual(['id']);
  });

  test('is not found where a record holds none that is known', () => {
    expect(recordedKey('a-row-of-another-version', 'spo2')).toBeNull();
    expect(recordedKey(undefined, undefined)).toBeNull();
    expect(recordedKey('toString', null)).toBeNull();
    expect(recordedKey(['pump-link'], null)).toBeNull();
  });
});

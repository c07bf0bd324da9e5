import { describe, expect, test } from 'vitest';
import { sentenceOf } from '../station/event-sentences.ts';
import { harmless } from './deidentify/figures.ts';
import type { FactRow } from './facts/session-facts.ts';
import { alarmCourses } from './facts/signatures.ts';
import { rowFact } from './replay-facts.ts';

const row = (seq: number, change: string, figures: Readonly<Record<string, string | null>>): FactRow => ({
  seq,
  act: `alarm.${change}`,
  actor: null,
  outcome: 'ok',
  ts: '2026-11-22T09:00:00.000Z',
  new: figures,
});

const poor = (subject: string) => ({ id: 'signal-poor', subject, value: null, limit: null });

/** Rows of before alarms had keys. */
const OLD = { id: 'signal-poor', value: null, limit: null };

describe('the course of alarms in the record', () => {
  test('is that of each sign, not of the condition that two signs have in common', () => {
    const rows = [
      row(1, 'raised', poor('spo2')),
      row(2, 'raised', poor('pulse')),
      row(3, 'acknowledged', poor('spo2')),
      row(4, 'cleared', poor('pulse')),
    ];
    expect(alarmCourses(rows)).toMatchObject([
      { key: 'signal-poor:spo2', acknowledged: { seq: 3 }, cleared: null },
      { key: 'signal-poor:pulse', acknowledged: null, cleared: { seq: 4 } },
    ]);
  });

  test('of rows of before there were keys is what it was', () => {
    const rows = [row(1, 'raised', OLD), row(2, 'acknowledged', OLD), row(3, 'cleared', OLD)];
    expect(alarmCourses(rows)).toMatchObject([
      { key: 'signal-poor', name: 'signal-poor', acknowledged: { seq: 2 }, cleared: { seq: 3 } },
    ]);
  });

  test('of an alarm that this version does not know keeps its name', () => {
    expect(alarmCourses([row(1, 'raised', { id: 'eeg-flat' })])).toMatchObject([{ key: null, name: 'eeg-flat' }]);
  });
});

test('a row says of which sign it tells; one of before there were keys does not', () => {
  const said = (figures: object) => sentenceOf({ act: 'alarm.raised', outcome: 'ok', new: figures });
  expect(said(poor('spo2'))).toBe('Alarm: Poor signal from the sensor: SpO2');
  expect(said(OLD)).toBe('Alarm: Poor signal from the sensor');
});

test('a replay compares rows with decisions by their keys, rows of before there were keys by their ids', () => {
  const recorded = (figures: Readonly<Record<string, string | null>>) =>
    rowFact({
      seq: 1,
      ts: '',
      mono: 0,
      boot: '',
      app: '',
      act: 'alarm.raised',
      actor: null,
      reason: '',
      old: {},
      new: figures,
    });
  expect(recorded(poor('spo2'))?.text).toBe('alarm signal-poor:spo2 raised');
  expect(recorded(OLD)?.text).toBe('alarm signal-poor raised');
});

test('without names a subject stays only if it is a sign or a word of this program, never a serial number', () => {
  expect(harmless(poor('spo2'))).toEqual({ id: 'signal-poor', subject: 'spo2' });
  expect(harmless({ id: 'pump-alarm', subject: 'stalled' })).toEqual({ id: 'pump-alarm', subject: 'stalled' });
  expect(harmless({ id: 'pump-alarm', subject: 'SN-20817' })).toEqual({ id: 'pump-alarm' });
});

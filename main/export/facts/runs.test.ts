import { describe, expect, test } from 'vitest';
import { runsOf } from './runs.ts';
import type { FactRow } from './session-facts.ts';

const row = (time: string, act: string, figures: Readonly<Record<string, string | number>> = {}): FactRow => ({
  seq: 1,
  ts: `2026-11-22T${time}.000Z`,
  act,
  outcome: 'ok',
  actor: null,
  new: figures,
});
const UL_PER_MG = 500;
const given = (milligrams: number) => ({ deliveredUl: milligrams * UL_PER_MG, deliveredUg: milligrams * 1000 });

const BEFORE = [
  row('08:00:00', 'session.phase', { phase: 'infusing', ...given(0) }),
  row('08:10:00', 'session.phase', { phase: 'paused', ...given(4) }),
  row('08:12:00', 'session.phase', { phase: 'infusing', ...given(4) }),
  row('08:14:00', 'pump.progress', given(5)),
];
const KILLED = { from: '2026-11-22T08:12:00.000Z', to: '2026-11-22T08:14:00.000Z', isEndKnown: false };

describe('the runs of a session', () => {
  test('are from one change of phase to the next, each with what the pump gave in it', () => {
    const rows = [...BEFORE, row('08:20:00', 'session.phase', { phase: 'ended', ...given(8) })];
    expect(runsOf(rows, 2000)).toMatchObject([
      { doseUg: 4000, isEndKnown: true },
      { from: KILLED.from, to: '2026-11-22T08:20:00.000Z', doseUg: 4000, isEndKnown: true },
    ]);
  });

  test('that were cut off by the end of the station end when the pump was last seen, not when the station came back', () => {
    const back = [
      row('17:00:00', 'session.phase', { phase: 'interrupted', deliveredUl: 2700 }),
      row('17:00:01', 'session.close', { state: 'interrupted', deliveredUl: 2700 }),
      row('18:00:00', 'session.note', {}),
    ];
    expect(runsOf([...BEFORE, ...back], 2000).at(-1)).toEqual({ ...KILLED, doseUg: 1400 });
  });

  test('keep what was given although the last row is a note of the next day', () => {
    const rows = [
      ...BEFORE,
      row('08:30:00', 'session.close', { state: 'interrupted' }),
      row('23:00:00', 'session.note'),
    ];
    expect(runsOf(rows, 2000).at(-1)).toEqual({ ...KILLED, doseUg: 1000 });
  });
});

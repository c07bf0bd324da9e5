import { describe, expect, test, vi } from 'vitest';
import { Chair } from './testing.ts';
import { openTurn, underControl } from './turn.ts';

describe('an act on a pump under control', () => {
  const controlled = new Chair().arm().state;
  const turnOf = (state: typeof controlled) => openTurn(state, { kind: 'tick', at: controlled.lastTick ?? 0 } as never);

  test('is given the session and what the pump last read back', () => {
    const act = vi.fn((session, reading) => ({ ...turnOf(controlled), effects: [session, reading] }));
    const { effects } = underControl(turnOf(controlled), act);
    expect(effects).toEqual([controlled.session, controlled.pump.reading]);
  });

  test.each([
    ['a session', { ...controlled, session: null }],
    ['a read-back', { ...controlled, pump: { ...controlled.pump, reading: null } }],
  ])('is not done without %s', (_, state) => {
    const act = vi.fn();
    const turn = turnOf(state);
    expect(underControl(turn, act)).toBe(turn);
    expect(act).not.toHaveBeenCalled();
  });
});

import { describe, expect, test } from 'vitest';
import { Chair } from './testing.ts';
import { enter, openTurn, underControl } from './turn.ts';

describe('an act on a pump under control', () => {
  const { state: controlled, now } = new Chair().arm();
  const turnOf = (state: typeof controlled) => openTurn(state, { kind: 'tick', at: now } as never);

  test('is given the session and what the pump last read back', () => {
    const given: unknown[] = [];
    const turn = turnOf(controlled);
    underControl(turn, (session, reading) => {
      given.push(session, reading);
      return turn;
    });
    expect(given).toEqual([controlled.session, controlled.pump.reading]);
  });

  test.each([
    ['a session', { ...controlled, session: null }],
    ['a read-back', { ...controlled, pump: { ...controlled.pump, reading: null } }],
  ])('is not done without %s', (_, state) => {
    const turn = turnOf(state);
    expect(underControl(turn, () => enter(turn, 'infusing', 'though nothing is there to control', null))).toBe(turn);
  });
});

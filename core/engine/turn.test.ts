import { describe, expect, test } from 'vitest';
import type { EngineState } from './state.ts';
import { Chair } from './testing.ts';
import { enter, openTurn, underControl } from './turn.ts';

describe('an act on a pump under control', () => {
  const turnOf = ({ state, now }: Chair) => openTurn(state, { kind: 'tick', at: now } as never);

  test('is given the session and what the pump last read back', () => {
    const turn = turnOf(new Chair().arm());
    const given: unknown[] = [];
    underControl(turn, (session, reading) => {
      given.push(session, reading);
      return turn;
    });
    expect(given).toEqual([turn.state.session, turn.state.pump.reading]);
  });

  test.each<[string, (state: EngineState) => Partial<EngineState>]>([
    ['a session', () => ({ session: null })],
    ['a read-back', ({ pump }) => ({ pump: { ...pump, reading: null } })],
  ])('is not done without %s', (_, without) => {
    const chair = new Chair().arm();
    chair.state = { ...chair.state, ...without(chair.state) };
    const turn = turnOf(chair);
    expect(underControl(turn, () => enter(turn, 'infusing', 'though nothing is there to control', null))).toBe(turn);
  });
});

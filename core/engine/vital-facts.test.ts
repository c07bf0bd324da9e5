import { describe, expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../profile.ts';
import { millisecond } from '../units.ts';
import { unseen } from './initial.ts';
import { Chair } from './testing.ts';
import { crossedLimit, isGood, livePulse, staleAfter } from './vital-facts.ts';

test.each([
  ['continuous', 500, 3000],
  ['continuous', 1000, 3000],
  ['continuous', 2000, 6000],
  ['intermittent', 300_000, 660_000],
] as const)('what is measured %s every %d ms is stale after %d ms (R-5.1, R-5.3)', (measured, period, expected) => {
  expect(staleAfter({ measured, period: millisecond(period) })).toBe(expected);
});

describe('a limit', () => {
  const tier = { ...PROPOSED_PROFILE.vitals[0]?.tiers[0], below: 90, above: null } as never;
  const upper = { ...PROPOSED_PROFILE.vitals[0]?.tiers[0], below: null, above: 140 } as never;

  test.each([
    [tier, 89, 0, 90],
    [tier, 90, 0, null],
    [tier, 91, 2, 90],
    [tier, 92, 2, null],
    [upper, 140, 0, null],
    [upper, 141, 0, 140],
    [upper, 139, 2, 140],
    [upper, 138, 2, null],
    [upper, -1, 0, null],
    [tier, 1e9, 0, null],
  ])('of %o is crossed by %d with a margin of %d: %o', (limits, value, margin, expected) => {
    expect(crossedLimit(limits, value, margin)).toBe(expected);
  });
});

test('of what was never measured nothing is good, and no pulse lives', () => {
  const never = unseen(PROPOSED_PROFILE, 'pulse');
  expect(isGood(never)).toBe(false);
  const { state } = new Chair();
  expect(livePulse(state, millisecond(1000))).toBeNull();
});

describe('steadiness (R-2.8)', () => {
  const steady = () => {
    const chair = new Chair().connect();
    chair.pass(2000);
    expect(chair.state.steadySince).not.toBeNull();
    return chair;
  };

  test('ends with the line of the monitor, before its last values are old', () => {
    const chair = steady();
    chair.send({ kind: 'link', device: 'monitor', state: 'down', detail: '' });
    chair.tick();
    expect(chair.state.steadySince).toBeNull();
  });

  test('is never there where nothing is watched', () => {
    const chair = new Chair({ ...PROPOSED_PROFILE, vitals: [] }).connect();
    chair.pass(60_000);
    expect(chair.state.steadySince).toBeNull();
  });

  test('lasts through a value past a limit that only calls somebody, not through one that pauses', () => {
    const chair = steady();
    const { steadySince } = chair.state;
    chair.spo2 = 93;
    chair.pass(2000);
    expect(chair.state.steadySince).toBe(steadySince);
    chair.spo2 = 88;
    chair.pass(1000);
    expect(chair.state.steadySince).toBeNull();
  });
});

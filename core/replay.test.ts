import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EngineEvent } from './engine/events.ts';
import { fromRecordText, toRecordText } from './engine/record-text.ts';
import type { EngineState } from './engine/state.ts';
import { Chair } from './engine/testing.ts';
import { histories, play } from './engine/testing-histories.ts';
import { PROPOSED_PROFILE, type SafetyProfile } from './profile.ts';
import { replay, underProfile } from './replay.ts';

describe('a replay from text', () => {
  test('gives the same states and effects as the session, for any history', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const taken = play(history);
        const [first] = taken;
        fc.pre(first !== undefined);
        const initial = fromRecordText(toRecordText(first.before)) as EngineState;
        const events = taken.map(({ event }) => fromRecordText(toRecordText(event)) as EngineEvent);
        const replayed = [...replay(initial, events)];
        expect(replayed.map(({ after }) => after)).toEqual(taken.map(({ after }) => after));
        expect(replayed.map(({ effects }) => effects)).toEqual(taken.map(({ effects }) => effects));
        expect(replayed.map(({ number }) => number)).toEqual(taken.map((_, index) => index + 1));
      }),
      { numRuns: 50 },
    );
  }, 120_000);
});

describe('other limits', () => {
  const chair = new Chair().arm();
  // A second below the advisory limit, not long enough for it.
  chair.spo2 = 92;
  chair.pass(1000);
  const { state } = chair;

  test('take the place of the recorded ones and keep what the tiers have seen', () => {
    const profile: SafetyProfile = { ...PROPOSED_PROFILE, version: 'other' };
    expect(state.vitals.spo2.tierSince).toContain(chair.now);
    expect(underProfile(state, profile)).toEqual({ ...state, profile });
  });

  test('with fewer tiers begin to watch anew', () => {
    const vitals = PROPOSED_PROFILE.vitals.map((rule) => ({ ...rule, tiers: rule.tiers.slice(0, 1) }));
    const other = underProfile(state, { ...PROPOSED_PROFILE, vitals });
    expect(other.vitals.spo2.tierSince).toEqual([null]);
    expect(other.vitals.spo2.latestGood).toEqual(state.vitals.spo2.latestGood);
  });
});

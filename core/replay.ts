import type { Effect } from './engine/effects.ts';
import type { EngineEvent } from './engine/events.ts';
import { initialState } from './engine/initial.ts';
import type { EngineState, VitalState } from './engine/state.ts';
import { step } from './engine/step.ts';
import type { SafetyProfile } from './profile.ts';
import { perParameter } from './vitals.ts';

/** One recorded event, put to the engine again. */
export interface ReplayedStep {
  /** Place of the event in its recording, from 1. */
  readonly number: number;
  readonly event: EngineEvent;
  readonly before: EngineState;
  readonly after: EngineState;
  readonly effects: readonly Effect[];
}

/** the states and effects of a session again, from the state before its first event and what the engine was given. */
export function* replay(initial: EngineState, events: Iterable<EngineEvent>): Generator<ReplayedStep, undefined> {
  let before = initial;
  let number = 0;
  for (const event of events) {
    const { state, effects } = step(before, event);
    number += 1;
    yield { number, event, before, after: state, effects };
    before = state;
  }
}

/** The same chair under other limits. What a tier has seen so far holds on only where there are as many tiers as before. */
export function underProfile(state: EngineState, profile: SafetyProfile): EngineState {
  const fresh = initialState(profile).vitals;
  const vitals = perParameter((parameter) => refitted(state.vitals[parameter], fresh[parameter]));
  return { ...state, profile, vitals };
}

function refitted(seen: VitalState, fresh: VitalState): VitalState {
  return seen.tierSince.length === fresh.tierSince.length ? seen : { ...seen, tierSince: fresh.tierSince };
}

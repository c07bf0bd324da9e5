import type { Step } from '../../core/engine/effects.ts';
import type { EngineEvent } from '../../core/engine/events.ts';
import { initialState } from '../../core/engine/initial.ts';
import type { EngineState } from '../../core/engine/state.ts';
import type { Millisecond } from '../../core/units.ts';
import type { Letter } from './alphabet.ts';
import { type Ghost, NOTHING_SEEN, observe, type Taken } from './ghost.ts';
import { SMALL_PROFILE } from './small-world.ts';

/** A chair at one instant: what the engine knows, what was seen of it, and the time. */
export interface Node {
  readonly state: EngineState;
  readonly seen: Ghost;
  readonly now: Millisecond;
}

export type StepFunction = (state: EngineState, event: EngineEvent) => Step<EngineState>;

/** The instant to which every explored state is moved; late enough that no age reaches back before zero. */
export const INSTANT = 100_000 as Millisecond;

export const START_UP: Node = { state: initialState(SMALL_PROFILE), seen: NOTHING_SEEN, now: INSTANT };

export function take(step: StepFunction, node: Node, letter: Letter): Taken {
  const at = (node.now + letter.after) as Millisecond;
  const event: EngineEvent = { ...letter.make(node, at), at };
  const { state, effects } = step(node.state, event);
  return { before: node.state, seen: node.seen, event, at, after: state, effects };
}

export function follow(taken: Taken): Node {
  return { state: taken.after, seen: observe(taken), now: taken.at };
}

import * as fc from 'fast-check';
import { ALPHABET, FAULT, type Letter, ODD_TIMES, spell } from './alphabet.ts';
import { brokenBy } from './invariants.ts';
import { follow, type Node, START_UP, type StepFunction, take } from './node.ts';
import { BEGINNINGS, NEAR_A_START, STRETCHES } from './scripts.ts';
import type { Violation } from './search.ts';

type History = readonly (readonly Letter[])[];

const anything = fc.constantFrom(...[...ALPHABET, ...ODD_TIMES].map((letter) => [letter]));

/** A fault in main at the end of some, and what happens before main is started anew. */
const end: fc.Arbitrary<History> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(anything, fc.constantFrom(...STRETCHES.map(spell))), { maxLength: 10 })
      .map((after) => [[FAULT], ...after]),
  },
);

/** Long and random: normal stretches, and in between anything at any time. Shrinks to what matters. */
export const histories: fc.Arbitrary<History> = fc
  .tuple(
    fc.constantFrom(...BEGINNINGS.map(spell)),
    fc.array(
      fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(...STRETCHES.map(spell)) },
        { weight: 1, arbitrary: fc.constantFrom(...spell(NEAR_A_START).map((letter) => [letter])) },
        { weight: 3, arbitrary: anything },
      ),
      { maxLength: 60, size: 'max' },
    ),
    end,
  )
  .map(([beginning, rest, last]) => [beginning, ...rest, ...last]);

/** The first claim that the history breaks, if any; nothing is abstracted here. */
export function brokenIn(step: StepFunction, history: History): string | null {
  let node: Node = START_UP;
  for (const letter of history.flat()) {
    const taken = take(step, node, letter);
    const broken = brokenBy(taken);
    if (broken !== null) return broken;
    node = follow(taken);
  }
  return null;
}

/** Judges `count` random histories; the same seed gives the same ones. */
export function judgeHistories(step: StepFunction, count: number, seed: number): Violation | null {
  const property = fc.property(histories, (history) => brokenIn(step, history) === null);
  const { counterexample } = fc.check(property, { numRuns: count, seed });
  if (counterexample === null) return null;
  const [history] = counterexample;
  return { broken: brokenIn(step, history) ?? 'not repeatable', events: history.flat().map(({ name }) => name) };
}

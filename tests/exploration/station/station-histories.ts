import * as fc from 'fast-check';
import type { Violation } from '../search.ts';
import { AT_CHAIRS, type Letter, OPENINGS, spell, STRETCHES, TIMES } from './letters.ts';
import { type Mistake, StationWorld } from './station-world.ts';

type History = readonly Letter[];

const one = (letters: readonly Letter[]) => fc.constantFrom(...letters.map((letter) => [letter]));

/** Openings, what happens at chairs, time, and stretches of them. Shrinks to what matters. */
const histories: fc.Arbitrary<History> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: one(OPENINGS) },
      { weight: 3, arbitrary: one(AT_CHAIRS) },
      { weight: 2, arbitrary: one(TIMES) },
      { weight: 2, arbitrary: fc.constantFrom(...STRETCHES.map(spell)) },
    ),
    { minLength: 1, maxLength: 12, size: 'max' },
  )
  .map((stretches) => stretches.flat());

/** The first claim that the history breaks, if any. */
export async function brokenIn(history: History, mistake: Mistake = {}): Promise<string | null> {
  const broken = await StationWorld.play(mistake, async (world) => {
    for (const letter of history) {
      await letter.happen(world);
      await world.settle();
      if (world.broken.length > 0) return;
    }
  });
  return broken[0] ?? null;
}

/** Judges `count` random histories; the same seed gives the same ones. */
export async function judgeStationHistories(
  count: number,
  seed: number,
  mistake: Mistake = {},
): Promise<Violation | null> {
  const property = fc.asyncProperty(histories, async (history) => (await brokenIn(history, mistake)) === null);
  const { counterexample } = await fc.check(property, { numRuns: count, seed });
  if (counterexample === null) return null;
  const [history] = counterexample;
  // A history that throws does so again here.
  return { broken: (await brokenIn(history, mistake)) ?? 'not repeatable', events: history.map(({ name }) => name) };
}

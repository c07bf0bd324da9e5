import type { Violation } from '../search.ts';
import { SHORT_WORDS, spell } from './letters.ts';
import { brokenIn } from './station-histories.ts';
import type { Mistake } from './station-world.ts';

export interface Words {
  readonly judged: number;
  readonly violation: Violation | null;
}

/** Judges every word of so many letters that begins like this; what is shorter is judged on the way. */
export async function judgeStationWords(
  length: number,
  beginning: readonly string[] = [],
  mistake: Mistake = {},
): Promise<Words> {
  if (beginning.length === length) {
    const broken = await brokenIn(spell(beginning), mistake);
    return { judged: 1, violation: broken === null ? null : { broken, events: beginning } };
  }
  let judged = 0;
  for (const letter of SHORT_WORDS) {
    const words = await judgeStationWords(length, [...beginning, letter], mistake);
    judged += words.judged;
    if (words.violation !== null) return { judged, violation: words.violation };
  }
  return { judged, violation: null };
}

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Effect } from '../../core/engine/effects.ts';
import { step } from '../../core/engine/step.ts';
import { histories } from './histories.ts';
import { follow, type Node, START_UP, take } from './node.ts';
import { Store } from './store.ts';

/** Effects as they count: without figures that are only shown, and the counter of the pump seen from where it stands. */
function essence(effects: readonly Effect[], { state }: Node): readonly unknown[] {
  return effects.map((effect) => {
    if (effect.kind === 'alarm') return [effect.key, effect.change];
    if (effect.kind === 'stop') return effect.kind;
    if (effect.kind === 'phase') return [effect.from, effect.to];
    if (effect.kind === 'permit') return { ...effect, ceilingCounter: effect.ceilingCounter - counterOf(state) };
    return 'id' in effect ? { ...effect, id: state.nextCommandId - effect.id } : effect;
  });
}

const counterOf = ({ pump }: Node['state']): number => pump.reading?.counter ?? 0;

test('the abstract state decides and goes on exactly as the state it stands for', () => {
  const property = fc.property(histories, (history) => {
    const store = new Store();
    let real = START_UP;
    for (const letter of history.flat()) {
      const abstract = store.node(store.key(real));
      const [taken, mirrored] = [take(step, real, letter), take(step, abstract, letter)];
      real = follow(taken);
      const image = follow(mirrored);
      expect(essence(mirrored.effects, image), letter.name).toEqual(essence(taken.effects, real));
      expect(store.node(store.key(image))).toEqual(store.node(store.key(real)));
    }
  });
  fc.assert(property, { numRuns: 1000, seed: 1 });
}, 120_000);

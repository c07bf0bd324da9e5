import { spell } from './alphabet.ts';
import { follow, type Node, type StepFunction, take } from './node.ts';
import { WAY_OUT } from './scripts.ts';
import type { Store } from './store.ts';

/** After the first letter the ways of different states begin to meet, so that it pays to remember them. */
const REMEMBER_FROM = 1;

const LETTERS = spell(WAY_OUT);

/** Whether every state has a way out: an end, and then a new plan that really runs. */
export class WayOut {
  /** States from which the rest of the way leads out, by the letter that is next: one set holds no more than 16 million. */
  readonly #known = LETTERS.map(() => new Set<string>());
  readonly #step: StepFunction;
  readonly #store: Store;

  constructor(step: StepFunction, store: Store) {
    this.#step = step;
    this.#store = store;
  }

  leads(from: Node): boolean {
    const passed: [number, string][] = [];
    let node = from;
    for (const [i, letter] of LETTERS.entries()) {
      if (i >= REMEMBER_FROM) {
        const key = this.#store.key(node);
        if (this.#known[i]?.has(key) === true) return this.#remember(passed);
        passed.push([i, key]);
      }
      node = follow(take(this.#step, node, letter));
    }
    return node.state.phase === 'infusing' && this.#remember(passed);
  }

  #remember(passed: readonly (readonly [number, string])[]): true {
    for (const [i, key] of passed) this.#known[i]?.add(key);
    return true;
  }
}

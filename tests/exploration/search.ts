import { isDeepStrictEqual } from 'node:util';
import { ALPHABET, FAULT, type Letter } from './alphabet.ts';
import { brokenBy } from './invariants.ts';
import { follow, type Node, type StepFunction, take } from './node.ts';
import { BEGINNINGS, walk } from './scripts.ts';
import { Store } from './store.ts';
import { WayOut } from './way-out.ts';

export interface Violation {
  readonly broken: string;
  /** What happened from start-up on, by the names of the letters; as short as possible after the beginning. */
  readonly events: readonly string[];
}

export interface Found {
  /** Different states reached, each judged by every step that led to it. */
  readonly states: number;
  /** Of these, states from which every letter was tried. */
  readonly expanded: number;
  readonly transitions: number;
  /** Steps from a beginning to the last state reached. */
  readonly depth: number;
  /** Whether no state is left that was not expanded: the reachable set is known completely. */
  readonly complete: boolean;
  readonly violation: Violation | null;
}

interface Origin {
  readonly parent: number;
  readonly letter: number;
  readonly depth: number;
}

const TELL_EVERY = 50_000;

/** Breadth first over abstract states until `most` were reached, all are known, or a claim is broken. */
export class Search {
  readonly #step: StepFunction;
  /** Those that are followed, and behind them those that are only judged. */
  readonly #letters: readonly Letter[];
  readonly #followed: number;
  readonly #store = new Store();
  readonly #wayOut: WayOut;
  /** In the order of arrival, so that walking through it while it grows is breadth first. */
  readonly #reached = new Set<string>();
  readonly #origins: Origin[] = [];
  #expanded = 0;
  #transitions = 0;
  #violation: Violation | null = null;

  /** `letters`: those that the search tries and follows; `judged`: tried in each state, but not followed. */
  constructor(step: StepFunction, letters: readonly Letter[] = ALPHABET, judged: readonly Letter[] = [FAULT]) {
    this.#step = step;
    this.#letters = [...letters, ...judged];
    this.#followed = letters.length;
    this.#wayOut = new WayOut(step, this.#store);
  }

  /** `progress` is told now and then how many states were expanded, of how many that were reached so far. */
  run(most: number, progress: (expanded: number, reached: number) => void = () => {}): Found {
    for (const [i, names] of BEGINNINGS.entries()) {
      this.#reach(walk(this.#step, names), { parent: -1, letter: i, depth: 0 });
    }
    for (const key of this.#reached) {
      if (this.#violation !== null || this.#reached.size >= most) break;
      this.#expand(this.#store.node(key));
      if (this.#expanded % TELL_EVERY === 0) progress(this.#expanded, this.#reached.size);
    }
    return {
      states: this.#reached.size,
      expanded: this.#expanded,
      transitions: this.#transitions,
      depth: this.#origins.at(-1)?.depth ?? 0,
      complete: this.#expanded === this.#reached.size,
      violation: this.#violation,
    };
  }

  #expand(node: Node): void {
    const parent = this.#expanded;
    const depth = (this.#origins[parent]?.depth ?? 0) + 1;
    for (const [i, letter] of this.#letters.entries()) {
      const origin = { parent, letter: i, depth };
      const taken = take(this.#step, node, letter);
      this.#transitions += 1;
      const broken = brokenBy(taken);
      if (broken !== null) return this.#report(broken, origin);
      if (i < this.#followed) this.#reach(follow(taken), origin);
      if (this.#violation !== null) return;
    }
    this.#expanded += 1;
  }

  #reach(node: Node, origin: Origin): void {
    const key = this.#store.key(node);
    if (this.#reached.has(key)) return;
    this.#reached.add(key);
    this.#origins.push(origin);
    if (!isPlainData(node)) this.#report('a state is plain data, equal to its JSON (R-8.1)', origin);
    else if (!this.#isRepeatable(node, origin)) this.#report('the same step twice gives the same (R-8.1)', origin);
    else if (!this.#wayOut.leads(node)) this.#report('from every state there is a way to a new plan that runs', origin);
  }

  /** A step from the same state with the same event, once more. */
  #isRepeatable(node: Node, { parent, letter }: Origin): boolean {
    const event = this.#letters[parent < 0 ? 0 : letter];
    if (event === undefined) return false;
    return isDeepStrictEqual(take(this.#step, node, event), take(this.#step, node, event));
  }

  #report(broken: string, { parent, letter }: Origin): void {
    const events: string[] = [];
    let at: Origin | undefined = { parent, letter, depth: 0 };
    while (at !== undefined && at.parent >= 0) {
      events.unshift(this.#letters[at.letter]?.name ?? '');
      at = this.#origins[at.parent];
    }
    this.#violation = { broken, events: [...(BEGINNINGS[at?.letter ?? 0] ?? []), ...events] };
  }
}

function isPlainData({ state }: Node): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state);
}

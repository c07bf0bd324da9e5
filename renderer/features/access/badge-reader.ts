/** A reader sends its keys far faster than fingers do (ms between two keys). */
const FASTEST_FINGER = 60;
const SHORTEST_BADGE = 4;

/** Collects what a badge reader types: the number, then Enter. What a person types is too slow and is left alone. */
export class BadgeReader {
  #typed = '';
  #last = Number.NEGATIVE_INFINITY;

  /** @param now monotonic ms */
  key(key: string, now: number): void {
    if (key.length !== 1) return;
    this.#typed = now - this.#last > FASTEST_FINGER ? key : this.#typed + key;
    this.#last = now;
  }

  /** The number that this Enter ends, or null. */
  enter(now: number): string | null {
    const typed = now - this.#last > FASTEST_FINGER ? '' : this.#typed;
    this.#typed = '';
    return typed.length >= SHORTEST_BADGE ? typed : null;
  }
}

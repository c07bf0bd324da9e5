import type { Anchor } from './anchor.ts';
import { rootContradiction, sizeContradiction } from './anchor-check.ts';
import type { NamedAnchors } from './anchors.ts';
import type { CompactRange } from './compact-range.ts';
import type { AnchorFinding, DamageReport } from './trail.ts';

interface Waiting {
  readonly place: string;
  readonly anchor: Anchor;
}

/** Compares the anchors with a trail that is walked row by row: each when the walk is as long as the trail was then. */
export class AnchorCheck {
  readonly #held: readonly NamedAnchors[];
  readonly #waiting: readonly Waiting[];
  readonly #proven = new Map<string, number>();
  #next: number;
  #found: DamageReport | null = null;

  /** `from` is the size at which the walk begins; anchors of it or before were compared by an earlier one. */
  constructor(held: readonly NamedAnchors[], from: number) {
    this.#held = held;
    this.#waiting = held
      .flatMap(({ place, anchors }) => anchors.map((anchor) => ({ place: place.name, anchor })))
      .toSorted((one, other) => one.anchor.size - other.anchor.size);
    const next = this.#waiting.findIndex(({ anchor }) => anchor.size > from);
    this.#next = next === -1 ? this.#waiting.length : next;
  }

  /** After each row; what is found waits, because damage inside the trail says more. */
  at(range: CompactRange, origin: string): void {
    for (let one = this.#waiting[this.#next]; one?.anchor.size === range.size; one = this.#waiting[this.#next]) {
      this.#next += 1;
      const { place, anchor } = one;
      const isOther = range.root().toString('hex') !== anchor.root;
      const detail = sizeContradiction(anchor, origin, range.size) ?? (isOther ? rootContradiction(anchor) : null);
      if (detail === null) this.#proven.set(place, range.size);
      else this.#found ??= damaged(range.size, place, detail);
    }
  }

  /** After the last row: what was found, anchors of rows that are not there, and of other records. */
  finish(origin: string, size: number): DamageReport | null {
    if (this.#found !== null) return this.#found;
    for (const { place, anchor } of this.#waiting) {
      const detail = sizeContradiction(anchor, origin, size);
      if (detail !== null) return damaged(size, place, detail);
    }
    return null;
  }

  findings(): AnchorFinding[] {
    return this.#held.map(({ place, anchors, unreadable }) => ({
      place: place.name,
      size: this.#proven.get(place.name) ?? 0,
      anchors: anchors.length,
      unreadable,
    }));
  }
}

function damaged(seq: number, place: string, detail: string): DamageReport {
  return { seq, what: 'anchor', detail: `${place}: ${detail}` };
}

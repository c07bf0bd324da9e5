import { setTimeout } from 'node:timers/promises';
import { type Anchor, anchorOf } from './anchor.ts';
import { AnchorKeeper, type AnchorListener, type PlaceState, within } from './anchor-keeper.ts';
import type { AnchorPlace, AnchorsRead } from './anchor-places.ts';

/** Longest time between two anchors while rows are written (ms): the window in which a cut would show nowhere. */
export const ANCHOR_EVERY = 60_000;

/** What somebody holds, and how a report names where. */
export interface NamedAnchors extends AnchorsRead {
  readonly place: Pick<AnchorPlace, 'name'>;
}

/** What was found at one place. */
export interface HeldAnchors extends NamedAnchors {
  readonly place: AnchorPlace;
}

/**
 * Evidence outside the database: what the trail was, on other media. Nothing here is ever waited for by a row, and a
 * place that fails is an alarm, not an obstacle.
 */
export class Anchors {
  readonly #keepers: readonly AnchorKeeper[];
  readonly #roots: () => readonly string[];
  #newest: Anchor | null = null;
  #offeredAt = Number.NEGATIVE_INFINITY;
  #isHeld = true;

  /** @param roots of the segments that this station began, from `release` on */
  constructor(places: readonly AnchorPlace[], listener: AnchorListener, roots: () => readonly string[]) {
    this.#roots = roots;
    this.#keepers = places.map((place) => new AnchorKeeper(place, listener));
  }

  get states(): readonly PlaceState[] {
    return this.#keepers.map(({ state }) => state);
  }

  /** Nothing is overwritten before what the places hold was compared with the trail. */
  release(): void {
    this.#isHeld = false;
    if (this.#newest !== null) this.#give(this.#newest);
  }

  /** The newest signed head; written where it is urgent or the last one is old. `now` is monotonic milliseconds. */
  offer(note: string, isUrgent: boolean, now: number): void {
    if (!isUrgent && now - this.#offeredAt < ANCHOR_EVERY) return;
    const anchor = anchorOf(note);
    if (anchor === null) return;
    this.#offeredAt = now;
    this.#newest = anchor;
    if (!this.#isHeld) this.#give(anchor);
  }

  /** Everything that each place holds; a place that cannot be read is told about and left out. */
  async read(): Promise<readonly HeldAnchors[]> {
    const found = await Promise.all(
      this.#keepers.map(async (keeper) => {
        try {
          return [{ place: keeper.place, ...(await within(keeper.place.read())) }];
        } catch (error) {
          keeper.tell(String(error));
          return [];
        }
      }),
    );
    return found.flat();
  }

  /** Resolves when nothing is being written any more, or after `patience` milliseconds. */
  async settled(patience: number): Promise<void> {
    const all = Promise.all(this.#keepers.map((keeper) => keeper.settled()));
    await Promise.race([all, setTimeout(patience, null, { ref: false })]);
  }

  #give(anchor: Anchor): void {
    for (const keeper of this.#keepers) keeper.want({ ...anchor, roots: this.#roots() });
  }
}

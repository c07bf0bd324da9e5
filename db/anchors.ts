import type { Anchor } from './anchor.ts';
import type { AnchorPlace, AnchorsRead } from './anchor-places.ts';

/** Longest time between two anchors while rows are written (ms): the window in which a cut would show nowhere. */
export const ANCHOR_EVERY = 60_000;
/** A place that has not answered by then counts as failed (ms). */
const PATIENCE = 10_000;

export interface PlaceState {
  readonly name: string;
  /** Rows that this place can prove; 0 before the first anchor of this run. */
  readonly size: number;
  /** Why it could not be written or read last; null while it is in order. */
  readonly failure: string | null;
}

/** What was found at one place. */
export interface HeldAnchors extends AnchorsRead {
  readonly place: AnchorPlace;
}

export interface AnchorListener {
  /** A place stopped working, or works again (`failure` null). */
  changed(name: string, failure: string | null): void;
}

async function within<Result>(work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`it did not answer within ${PATIENCE / 1000} s`)), PATIENCE);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** One place with its newest wish: while a write is under way, only the newest anchor waits. */
class Keeper {
  readonly place: AnchorPlace;
  readonly #listener: AnchorListener;
  #written = 0;
  #failure: string | null = null;
  #wanted: Anchor | null = null;
  #writing: Promise<void> | null = null;

  constructor(place: AnchorPlace, listener: AnchorListener) {
    this.place = place;
    this.#listener = listener;
  }

  get state(): PlaceState {
    return { name: this.place.name, size: this.#written, failure: this.#failure };
  }

  want(anchor: Anchor): void {
    if (anchor.size <= this.#written) return;
    this.#wanted = anchor;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  tell(failure: string | null): void {
    const isChanged = (failure === null) !== (this.#failure === null);
    this.#failure = failure;
    if (isChanged) this.#listener.changed(this.place.name, failure);
  }

  async #write(): Promise<void> {
    for (let anchor = this.#wanted; anchor !== null; anchor = this.#wanted) {
      this.#wanted = null;
      try {
        const write = this.place.write(anchor);
        await within(write).catch(async (error: unknown) => {
          this.tell(String(error));
          // Never two writes at a time: one that hangs keeps the others away until the system lets go of it.
          await write;
        });
        this.#written = anchor.size;
        this.tell(null);
      } catch (error) {
        this.tell(String(error));
      }
    }
  }
}

/**
 * Evidence outside the database: what the trail was, on other media. Nothing here is ever waited for by a row, and a
 * place that fails is an alarm, not an obstacle.
 */
export class Anchors {
  readonly #keepers: readonly Keeper[];
  #newest: Anchor | null = null;
  #offeredAt = Number.NEGATIVE_INFINITY;
  #isHeld = true;

  constructor(places: readonly AnchorPlace[], listener: AnchorListener) {
    this.#keepers = places.map((place) => new Keeper(place, listener));
  }

  get states(): readonly PlaceState[] {
    return this.#keepers.map(({ state }) => state);
  }

  /** Nothing is overwritten before what the places hold was compared with the trail. */
  release(): void {
    this.#isHeld = false;
    if (this.#newest !== null) this.#give(this.#newest);
  }

  /** The newest head; written where it is urgent or the last one is old. `now` is monotonic milliseconds. */
  offer(anchor: Anchor, isUrgent: boolean, now: number): void {
    if (!isUrgent && now - this.#offeredAt < ANCHOR_EVERY) return;
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
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patience);
    await Promise.race([promise, Promise.all(this.#keepers.map((keeper) => keeper.settled()))]);
    clearTimeout(timer);
  }

  #give(anchor: Anchor): void {
    for (const keeper of this.#keepers) keeper.want(anchor);
  }
}

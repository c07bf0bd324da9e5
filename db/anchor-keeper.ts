import { setTimeout } from 'node:timers/promises';
import type { Anchor } from './anchor.ts';
import type { AnchorPlace } from './anchor-places.ts';

/** Least time between two writes to one place (ms): a burst shares one anchor, and the disk is left to the rows. */
const REST = 1000;
/** A place that has not answered by then counts as failed (ms). */
const PATIENCE = 10_000;
/** Patience is counted in so many steps: a thread that stands still itself takes one of them, and not the place for silent. */
const STEPS = 10;

export interface PlaceState {
  readonly name: string;
  /** Rows that this place can prove; 0 before the first anchor of this run. */
  readonly size: number;
  /** Why it could not be written or read last; null while it is in order. */
  readonly failure: string | null;
}

export interface AnchorListener {
  /** A place stopped working, or works again (`failure` null). */
  changed(name: string, failure: string | null): void;
}

/** Rejects where something hangs for `patience` milliseconds. */
export async function within<Result>(work: Promise<Result>, patience = PATIENCE): Promise<Result> {
  const given = new AbortController();
  const wait = async (): Promise<never> => {
    for (let step = 0; step < STEPS; step += 1) {
      await setTimeout(patience / STEPS, null, { ref: false, signal: given.signal });
    }
    throw new Error(`it did not answer within ${patience / 1000} s`);
  };
  const late = wait();
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    given.abort();
  }
}

/** One place with its newest wish: while a write is under way, only the newest anchor waits. */
export class AnchorKeeper {
  readonly place: AnchorPlace;
  readonly #listener: AnchorListener;
  #written = 0;
  #failure: string | null = null;
  readonly #hurry = Promise.withResolvers<void>();
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

  /** Writes what waits without a rest, and resolves when it is written. */
  async settled(): Promise<void> {
    this.#hurry.resolve();
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
      await Promise.race([this.#hurry.promise, setTimeout(REST, null, { ref: false })]);
    }
  }
}

/** a page reports once a second; one that is silent for this long is frozen (ms). */
const FROZEN_AFTER = 2500;
/** What a page that is being loaded has until its first report (ms). */
const LOAD_WITHIN = 10_000;
/** This process may itself have stood still: what the page said meanwhile is read first (ms). */
const LAST_CHANCE = 250;

/** Finds a page that no longer reports, once for each time that it was loaded. */
export class PageWatch {
  readonly #onFrozen: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(onFrozen: () => void) {
    this.#onFrozen = onFrozen;
  }

  /** The page is being loaded. */
  loading(): void {
    this.#wait(LOAD_WITHIN);
  }

  /** The page has reported. */
  alive(): void {
    this.#wait(FROZEN_AFTER);
  }

  /** There is no page to watch. */
  gone(): void {
    clearTimeout(this.#timer);
  }

  #wait(patience: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(this.#onFrozen, LAST_CHANCE);
    }, patience);
  }
}

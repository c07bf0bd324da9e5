import type { Millisecond } from '../../core/units.ts';
import { withZone } from './local-time.ts';

/** A page reports once a second; one that was silent for this long is dead or frozen (R-7.20: found within 3 s). */
const SILENT_AFTER = 2500;
/** This process itself stood still: what the pages said meanwhile is read before they are judged (ms). */
const STOOD_STILL = 1000;

interface Page {
  readonly at: Millisecond;
  readonly proved: boolean;
}

/** whether at least one page proves, second by second, that an alarm can be heard from it. */
export class SoundWatch {
  /** By seat. */
  readonly #pages = new Map<object, Page>();
  #heard: { readonly by: string; readonly at: string } | null = null;
  #isProved = false;
  #lastLook: Millisecond | null = null;

  get isProved(): boolean {
    return this.#isProved;
  }

  /** Who confirmed last that the test tone was heard; null in a station that was just started. */
  get heard(): { readonly by: string; readonly at: string } | null {
    return this.#heard;
  }

  report(page: object, proved: boolean, at: Millisecond): void {
    this.#pages.set(page, { at, proved });
    if (proved) this.#isProved = true;
  }

  /** The page is gone. */
  leave(page: object): void {
    this.#pages.delete(page);
  }

  heardBy(name: string): void {
    this.#heard = { by: name, at: withZone(new Date()) };
  }

  /** To be called ten times a second; says whether sound is proved now. */
  look(now: Millisecond): boolean {
    const stoodStill = this.#lastLook !== null && now - this.#lastLook > STOOD_STILL;
    this.#lastLook = now;
    if (!stoodStill) {
      this.#isProved = [...this.#pages.values()].some(({ at, proved }) => proved && now - at <= SILENT_AFTER);
    }
    return this.#isProved;
  }
}

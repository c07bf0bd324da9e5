import type { AlarmPriority } from '../../core/alarms.ts';
import type { Millisecond } from '../../core/units.ts';
import { withZone } from './local-time.ts';

/** A page reports once a second; one that was silent for this long is dead or frozen (R-7.20: found within 3 s). */
const SILENT_AFTER = 2500;
/** A page whose newest frame is this old (ms) sounds what was, not what is. */
const OLD_FRAME = 2500;
/** This process itself stood still: what the pages said meanwhile is read before they are judged (ms). */
const STOOD_STILL = 1000;

/** What a page says of its sound. */
export interface SoundReport {
  /** Found at work by its own samples. */
  readonly proved: boolean;
  /** What it sounds now; null: nothing. */
  readonly sounds: AlarmPriority | null;
  /** Monotonic time of the newest frame that it sounds by; null: it has none. */
  readonly frameMs: number | null;
}

interface Page extends SoundReport {
  readonly at: Millisecond;
}

/** whether at least one page proves, second by second, that what is to be heard now is heard from it. */
export class SoundWatch {
  /** By seat. */
  readonly #pages = new Map<object, Page>();
  #heard: { readonly by: string; readonly at: string } | null = null;
  #isProved = false;
  #lastLook: Millisecond | null = null;
  /** What is to be heard, and since when. */
  #wanted: { readonly priority: AlarmPriority | null; readonly since: number } = { priority: null, since: 0 };

  get isProved(): boolean {
    return this.#isProved;
  }

  /** Who confirmed last that the test tone was heard; null in a station that was just started. */
  get heard(): { readonly by: string; readonly at: string } | null {
    return this.#heard;
  }

  report(page: object, said: SoundReport, at: Millisecond): void {
    const heard = { ...said, at };
    this.#pages.set(page, heard);
    if (this.#proves(heard, at)) this.#isProved = true;
  }

  /** The page is gone. */
  leave(page: object): void {
    this.#pages.delete(page);
  }

  heardBy(name: string): void {
    this.#heard = { by: name, at: withZone(new Date()) };
  }

  /** To be called ten times a second with what is to be heard; says whether sound is proved now. */
  look(now: Millisecond, wanted: AlarmPriority | null): boolean {
    const stoodStill = this.#lastLook !== null && now - this.#lastLook > STOOD_STILL;
    this.#lastLook = now;
    if (wanted !== this.#wanted.priority) this.#wanted = { priority: wanted, since: now };
    if (!stoodStill) this.#isProved = [...this.#pages.values()].some((page) => this.#proves(page, now));
    return this.#isProved;
  }

  /** Sound that follows an old frame, or another set of alarms than there is by then, proves nothing of this one. */
  #proves({ proved, sounds, frameMs, at }: Page, now: Millisecond): boolean {
    if (!proved || frameMs === null || now - at > SILENT_AFTER || at - frameMs > OLD_FRAME) return false;
    const { priority, since } = this.#wanted;
    return frameMs < since || sounds === priority;
  }
}

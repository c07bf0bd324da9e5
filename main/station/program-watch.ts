import type { HoldView } from '../../preload/contract/hold-frame.ts';
import { differences, type ProgramFiles, type ProgramStamp, stampOf } from '../program-files.ts';
import { withZone } from './local-time.ts';

/** A program that was replaced is found within this time and one look (ms). */
const LOOK_EVERY = 10_000;
/** Differences that are told one by one; of an update every file may be one. */
const MOST_TOLD = 20;

/** Found once; stays until the program is started again, also where every file is put back. */
export interface Replaced {
  readonly foundAt: Date;
  /** Never empty. */
  readonly differences: readonly string[];
}

const untold = (): void => undefined;

/**
 * Hazard 40: whether the program on the disk still is the one that runs. Device processes, threads and pages are loaded
 * from there while main runs, so that after a replacement old and new code would work together at a patient.
 */
export class ProgramWatch {
  readonly #files: ProgramFiles;
  readonly #lookEvery: number;
  /** The program as it was when this was made. */
  readonly #begun: Promise<ProgramStamp>;
  #tell: (replaced: Replaced) => void = untold;
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #replaced: Replaced | null = null;

  /** @param lookEvery ms from one look to the next */
  constructor(files: ProgramFiles, lookEvery = LOOK_EVERY) {
    this.#files = files;
    this.#lookEvery = lookEvery;
    this.#begun = stampOf(files);
    // Whoever looks is told.
    this.#begun.catch(() => undefined);
  }

  /** @param tell called once, with what is found by any look from now on */
  begin(tell: (replaced: Replaced) => void): void {
    this.#tell = tell;
    this.#timer = setInterval(() => void this.#lookAgain(), this.#lookEvery);
  }

  /** Nobody is told any more, by a look that is under way either. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#tell = untold;
  }

  /** Null: the same program. Rejects with the system's error where its files cannot be looked at. */
  async look(): Promise<Replaced | null> {
    if (this.#replaced !== null) return this.#replaced;
    const found = differences(await this.#begun, await stampOf(this.#files));
    if (this.#replaced === null && found.length > 0) {
      this.#replaced = { foundAt: new Date(), differences: found };
      const tell = this.#tell;
      this.stop();
      tell(this.#replaced);
    }
    return this.#replaced;
  }

  /** What cannot be looked at now is looked at again; the self-test says it, and nothing is armed. */
  async #lookAgain(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    await this.look().catch(() => null);
    this.#isLooking = false;
  }
}

export const RESTART = 'Finish or stop what runs, then restart the station: nothing else ends this.';

/** Nobody can sign for what old and new code do together, so that only a restart ends it. */
export function replacedHold({ foundAt, differences: all }: Replaced): HoldView {
  const [date, time] = withZone(foundAt).split('T');
  const left = all.length - MOST_TOLD;
  const told = left > 0 ? [...all.slice(0, MOST_TOLD), `and ${left} more`] : all;
  const title = `The program's files were replaced at ${time?.slice(0, 5)} on ${date} while it runs.`;
  return { id: 'program', title, details: [RESTART, ...told], endsBy: 'restart' };
}

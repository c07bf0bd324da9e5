import type { Trail } from '../../db/trail.ts';
import type { RecordView } from '../../preload/contract/record-frames.ts';

/** A concern about the record shows within this time (ms). */
const ASK_EVERY = 5_000;

const NOT_ASKED: RecordView = { sealed: false, segment: 1, rootFingerprint: '', enrolled: false, concerns: [] };

/**
 * Asks the record how it is. What it says is shown and alarmed, and never touches an infusion: a record that cannot be
 * written has its own alarm and its own way.
 */
export class RecordWatch {
  readonly #trail: Pick<Trail, 'status'>;
  readonly #timer: NodeJS.Timeout;
  #view: RecordView = NOT_ASKED;
  #isAsking = false;

  constructor(trail: Pick<Trail, 'status'>) {
    this.#trail = trail;
    this.#timer = setInterval(() => void this.#ask(), ASK_EVERY);
    void this.#ask();
  }

  get view(): RecordView {
    return this.#view;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Never rejects. One question at a time: a record that is busy is not asked again. */
  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const { sealed, segment, rootFingerprint, enrolled, concerns } = await this.#trail.status();
      this.#view = { sealed, segment, rootFingerprint, enrolled, concerns: [...concerns] };
    } catch (error) {
      this.#view = { ...this.#view, concerns: [`The record does not say how it is: ${String(error)}`] };
    } finally {
      this.#isAsking = false;
    }
  }
}

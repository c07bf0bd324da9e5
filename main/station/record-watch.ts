import type { Trail } from '../../db/trail.ts';
import type { RecordView } from '../../preload/contract/record-frames.ts';
import { inTime } from './in-time.ts';

/** A record that says nothing is found within both together (ms). */
const ASK_EVERY = 1_000;
const HUNG_AFTER = 1_900;

const NOT_ASKED: RecordView = { sealed: false, segment: 1, rootFingerprint: '', enrolled: false, concerns: [] };

const HUNG =
  'The record does not answer, so nothing can be started. STOP works without it. Check the disk of this station.';

/**
 * Asks the record how it is. What it says is shown and never touches an infusion. A record that says nothing at all may
 * start none: a stuck thread or a disk that blocks gives no error that a write would meet.
 */
export class RecordWatch {
  readonly #trail: Pick<Trail, 'status'>;
  readonly #answers: (answers: boolean) => void;
  readonly #timer: NodeJS.Timeout;
  #view: RecordView = NOT_ASKED;
  #isAsking = false;
  #isHung = false;

  /** @param answers told when the record falls silent, and when it is back */
  constructor(trail: Pick<Trail, 'status'>, answers: (answers: boolean) => void) {
    this.#trail = trail;
    this.#answers = answers;
    this.#timer = setInterval(() => void this.#ask(), ASK_EVERY);
    void this.#ask();
  }

  get view(): RecordView {
    return this.#isHung ? { ...this.#view, concerns: [HUNG, ...this.#view.concerns] } : this.#view;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Never rejects. One question at a time: a record that is busy is not asked again. */
  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const patience = inTime(HUNG_AFTER, () => this.#hung(true));
    try {
      const { sealed, segment, rootFingerprint, enrolled, concerns } = await this.#trail.status();
      this.#view = { sealed, segment, rootFingerprint, enrolled, concerns: [...concerns] };
    } catch (error) {
      this.#view = { ...this.#view, concerns: [`The record does not say how it is: ${String(error)}`] };
    } finally {
      patience.end();
      this.#isAsking = false;
      if (this.#isHung) this.#hung(false);
    }
  }

  #hung(isHung: boolean): void {
    this.#isHung = isHung;
    this.#answers(!isHung);
  }
}

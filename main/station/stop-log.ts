import type { Millisecond } from '../../core/units.ts';
import type { Journal } from './journal.ts';

/** An unconfirmed stop is sent twice a second; the record gets its first and then one row in this time (ms). */
const REPEAT_ROW_EVERY = 10_000;

/** Writes down stops after they were sent; nothing here is on their way. */
export class StopLog {
  readonly #journal: Journal;
  #sent = 0;
  #lastRowAt = 0;
  #intentSeq: number | undefined;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  sent(reason: string, at: Millisecond): void {
    this.#sent += 1;
    if (this.#sent > 1 && at - this.#lastRowAt < REPEAT_ROW_EVERY) return;
    this.#lastRowAt = at;
    this.#journal.note('pump.stop.intent', { reason, new: { sent: this.#sent } }, ({ seq }) => {
      this.#intentSeq ??= seq;
    });
  }

  /** The pump reads back as not delivering. */
  confirmed(): void {
    this.#journal.note('pump.stop.outcome', { new: { sent: this.#sent }, ref: this.#intentSeq });
    this.#sent = 0;
    this.#intentSeq = undefined;
  }
}

import type { Millisecond } from '../../core/units.ts';
import type { Journal } from './journal.ts';

/** An unconfirmed stop is sent twice a second; the record gets its first and then one row in this time (ms). */
const REPEAT_ROW_EVERY = 10_000;

interface Stop {
  /** Counts the stops of this chair since the station started: one for an intent, its repeats and its confirmation. */
  readonly number: number;
  sent: number;
  rowAt: Millisecond;
  /** seq of its first row, once that is durable; the number is known before. */
  intentSeq: number | undefined;
}

/** Writes down stops after they were sent; nothing here is on their way. */
export class StopLog {
  readonly #journal: Journal;
  #last = 0;
  #stop: Stop | null = null;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  sent(reason: string, at: Millisecond): void {
    const stop = this.#stop ?? this.#begin(at);
    stop.sent += 1;
    if (stop.sent > 1 && at - stop.rowAt < REPEAT_ROW_EVERY) return;
    stop.rowAt = at;
    const details = { reason, ref: stop.intentSeq, new: { stop: stop.number, sent: stop.sent } };
    this.#journal.note('pump.stop.intent', details, ({ seq }) => {
      stop.intentSeq ??= seq;
    });
  }

  /** @param byHand no read-back: a person answers for it that the pump was stopped at the pump */
  over(byHand: boolean): void {
    const stop = this.#stop;
    this.#stop = null;
    if (stop === null) return;
    const { number, sent, intentSeq } = stop;
    this.#journal.note('pump.stop.outcome', {
      ...(byHand && { outcome: 'unknown', reason: 'not read back: stopped at the pump by hand' }),
      new: { stop: number, sent },
      ref: intentSeq,
    });
  }

  #begin(at: Millisecond): Stop {
    this.#last += 1;
    this.#stop = { number: this.#last, sent: 0, rowAt: at, intentSeq: undefined };
    return this.#stop;
  }
}

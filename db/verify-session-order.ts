import type { DamageReport } from './trail.ts';
import type { RowFields } from './verify-row.ts';

export interface SessionSummary {
  readonly rows: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Whether a closing row states first, last and count: only then is it certain that no row was left out. */
  readonly isClosed: boolean;
  /** Rows written for the session after it was closed; their number is not stated anywhere. */
  readonly lateRows: number;
  /** Rows whose text was taken out. With any of them the export is never simply in order. */
  readonly redacted: number;
  /** Row at which the wall clock went back although time went on; null where it never did. */
  readonly clockWentBackAt: number | null;
}

type Span = NonNullable<RowFields['span']>;

/** Order and completeness of one session's rows. Rows of other chairs lie between them, so gaps in seq are normal. */
export class SessionOrder {
  #first = 0;
  #last = 0;
  #rows = 0;
  #lastHash = '';
  #lastTime = '';
  #span: Span | null = null;
  #rowsAtSpan = 0;
  #spanSeq = 0;
  #clockWentBackAt: number | null = null;
  #redacted = 0;

  /** Takes the next row; returns the damage found at it. */
  next({ seq, prev, ts, span }: RowFields, hash: Uint8Array): DamageReport | null {
    if (seq <= this.#last) return this.#outOfOrder(seq);
    if (seq === this.#last + 1 && this.#rows > 0 && prev !== this.#lastHash) {
      return { seq, what: 'chain', detail: `row ${seq} does not follow from row ${seq - 1}: one of them was replaced` };
    }
    if (ts < this.#lastTime) this.#clockWentBackAt ??= seq;
    this.#lastTime = ts;
    this.#place(seq, hash);
    if (span !== undefined && this.#span === null) this.#take(span, seq);
    return null;
  }

  /** Takes a redacted row: it has a place and a hash, and says nothing. */
  skip(seq: number, hash: Uint8Array): DamageReport | null {
    if (seq <= this.#last) return this.#outOfOrder(seq);
    this.#redacted += 1;
    this.#place(seq, hash);
    return null;
  }

  /** After the last row: whether the session is whole, as its closing row states it. */
  spanDamage(): DamageReport | null {
    if (this.#span === null) return null;
    const { first, last, rows } = this.#span;
    if (first === this.#first && last === this.#spanSeq && rows === this.#rowsAtSpan) return null;
    const detail = `the session had ${rows} rows from ${first} to ${last}; here are ${this.#rowsAtSpan} from ${this.#first} to ${this.#spanSeq}`;
    return { seq: this.#spanSeq, what: 'seq', detail };
  }

  summary(): SessionSummary {
    return {
      rows: this.#rows,
      firstSeq: this.#first,
      lastSeq: this.#last,
      isClosed: this.#span !== null,
      lateRows: this.#span === null ? 0 : this.#rows - this.#rowsAtSpan,
      redacted: this.#redacted,
      clockWentBackAt: this.#clockWentBackAt,
    };
  }

  #outOfOrder(seq: number): DamageReport {
    return { seq, what: 'seq', detail: `row ${seq} stands after row ${this.#last}` };
  }

  #place(seq: number, hash: Uint8Array): void {
    if (this.#rows === 0) this.#first = seq;
    this.#last = seq;
    this.#lastHash = Buffer.from(hash).toString('hex');
    this.#rows += 1;
  }

  #take(span: Span, seq: number): void {
    this.#span = span;
    this.#spanSeq = seq;
    this.#rowsAtSpan = this.#rows;
  }
}

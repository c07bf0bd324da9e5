import { z } from 'zod';
import type { DamageReport, SessionRecord } from './trail.ts';
import type { RowFields } from './verify-row.ts';

/** A line of the session table, before anything about it is believed. */
export interface StoredSession extends Pick<SessionRecord, 'openedAt' | 'closedAt' | 'state'> {
  /** Seal that the person data give now. */
  readonly seal: string;
}

const endSchema = z.object({ state: z.enum(['ended', 'interrupted']) });

function damaged(seq: number, detail: string): DamageReport {
  return { seq, what: 'session', detail };
}

/** Holds the session table to the rows that open and close sessions. */
export class SessionsCheck {
  readonly #stored: ReadonlyMap<string, StoredSession>;
  readonly #slack: number;
  #opened = 0;
  /** Opening row of each session that no row closed so far. */
  readonly #open = new Map<string, number>();

  /** @param slack milliseconds by which a time of the table may differ from that of its row */
  constructor(stored: ReadonlyMap<string, StoredSession>, slack: number) {
    this.#stored = stored;
    this.#slack = slack;
  }

  row(fields: RowFields): DamageReport | null {
    if (fields.seal !== undefined) return this.#opening(fields);
    return fields.span === undefined ? null : this.#closing(fields);
  }

  /** After the last row, where the walk began at the first one. */
  leftOver(size: number): DamageReport | null {
    if (this.#stored.size > this.#opened) return damaged(size, 'there is a session that no row opens');
    for (const [id, seq] of this.#open) {
      if (this.#stored.get(id)?.state !== 'open')
        return damaged(seq, `no row closes the session that row ${seq} opens`);
    }
    return null;
  }

  #opening({ seq, ts, session, seal }: RowFields): DamageReport | null {
    this.#opened += 1;
    this.#open.set(session ?? '', seq);
    const stored = this.#stored.get(session ?? '');
    if (stored === undefined || stored.seal !== seal) {
      return damaged(seq, `the person data of the session that row ${seq} opens were changed`);
    }
    return this.#isAt(stored.openedAt, ts)
      ? null
      : damaged(seq, `the session that row ${seq} opens has another beginning`);
  }

  #closing({ seq, ts, session, new: figures }: RowFields): DamageReport | null {
    this.#open.delete(session ?? '');
    const stored = this.#stored.get(session ?? '');
    const end = endSchema.safeParse(figures).data?.state ?? stored?.state;
    if (stored !== undefined && this.#isAt(stored.closedAt, ts) && stored.state === end) return null;
    return damaged(seq, `the session that row ${seq} closes has another end`);
  }

  #isAt(stored: string | null, ts: string): boolean {
    return stored !== null && Math.abs(Date.parse(stored) - Date.parse(ts)) <= this.#slack;
  }
}

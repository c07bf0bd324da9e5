import { AppError } from '../drivers/kit/app-error.ts';
import type { SessionSpan } from './body.ts';
import type { SessionPerson } from './session-seal.ts';
import type { SessionExtent } from './session-extent.ts';
import type { SqlDatabase } from './sql.ts';
import { orIfUnreadable } from './sql-errors.ts';
import { parseTrend } from './trend-chunk.ts';
import type { AuditRow, SessionRecord, TrendChunk } from './trail.ts';
import type { StoredRow } from './verify-row.ts';
import { VOUCHED, type VouchedKind } from './vouched.ts';

export const SESSION_COLUMNS = `id, chair_id AS chairId, patient_id AS patientId, patient_name AS patientName, clinician,
  opened_at AS openedAt, closed_at AS closedAt, state`;

/** The row is in the record by then: a check holds both to each other. */
const TIME_OF_ROW = "(SELECT body ->> '$.ts' FROM audit WHERE seq = ?)";

/** The session table, and the rows and trends that belong to one session. */
export class Sessions {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  /** @param seq the row that opens it */
  insert({ id, chairId, patientId, patientName, clinician }: SessionPerson, nonce: Uint8Array, seq: number): void {
    this.#db
      .prepare(
        `INSERT INTO session (id, chair_id, patient_id, patient_name, clinician, nonce, opened_at, state)
         VALUES (?, ?, ?, ?, ?, ?, ${TIME_OF_ROW}, 'open')`,
      )
      .run(id, chairId, patientId, patientName, clinician, nonce, seq);
  }

  /** @param seq the row that closes it */
  close(id: string, state: 'ended' | 'interrupted', seq: number): void {
    this.#db.prepare(`UPDATE session SET closed_at = ${TIME_OF_ROW}, state = ? WHERE id = ?`).run(seq, state, id);
  }

  all(): SessionRecord[] {
    return this.#db.prepare(`SELECT ${SESSION_COLUMNS} FROM session ORDER BY opened_at, id`).all() as SessionRecord[];
  }

  find(id: string): SessionRecord | null {
    const row = this.#db.prepare(`SELECT ${SESSION_COLUMNS} FROM session WHERE id = ?`).get(id);
    return (row as SessionRecord | undefined) ?? null;
  }

  /** The session, or RECORD_FAILED. */
  get(id: string): SessionRecord {
    const session = this.find(id);
    if (session === null) throw new AppError('RECORD_FAILED', `There is no session ${id} in the record.`);
    return session;
  }

  /** Null where there is no such session. */
  nonce(id: string): Uint8Array | null {
    const row = this.#db.prepare('SELECT nonce FROM session WHERE id = ?').get(id);
    return (row as { readonly nonce: Uint8Array } | undefined)?.nonce ?? null;
  }

  /** First seq and number of rows of the session with the closing row `last` added. */
  spanWith(id: string, last: number): SessionSpan {
    const found = this.#db.prepare('SELECT min(seq) AS first, count(*) AS rows FROM audit WHERE session = ?').get(id);
    const { first, rows } = found as { readonly first: number | null; readonly rows: number };
    return { first: first ?? last, last, rows: rows + 1 };
  }

  /** What the session has so far; throws RECORD_FAILED for a session that is not there or has no rows. */
  extent(id: string): SessionExtent {
    const rows = this.rows(this.get(id).id);
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) {
      throw new AppError('RECORD_FAILED', `The session ${id} has no rows in the record.`);
    }
    return { id, rows: rows.length, first: first.seq, last: last.seq, hash: last.hash };
  }

  /** Rows of the session, in order. */
  rows(id: string): AuditRow[] {
    return this.rowsUpTo(id, Number.MAX_SAFE_INTEGER).map(toAuditRow);
  }

  /** The same as they are stored, up to `upTo`. */
  rowsUpTo(id: string, upTo: number): StoredRow[] {
    const query = this.#db.prepare('SELECT seq, body, hash FROM audit WHERE session = ? AND seq <= ? ORDER BY seq');
    return query.all(id, upTo) as StoredRow[];
  }

  /** Trend chunks of the session, in order, without those that are none any more: a check names them. */
  trends(id: string): TrendChunk[] {
    return this.vouched('trend', this.rowsUpTo(id, Number.MAX_SAFE_INTEGER)).flatMap((text) => parseTrend(text) ?? []);
  }

  /** Texts of the chunks for which these rows vouch, in order, without those that cannot be read any more. */
  vouched(kind: VouchedKind, rows: readonly Pick<StoredRow, 'seq'>[]): string[] {
    const query = this.#db.prepare(`SELECT body FROM ${VOUCHED[kind].table} WHERE seq = ?`);
    return rows.flatMap(({ seq }) => {
      const chunk = orIfUnreadable(() => query.get(seq), undefined) as { readonly body: Uint8Array } | undefined;
      return chunk === undefined ? [] : [Buffer.from(chunk.body).toString('utf8')];
    });
  }
}

export function toAuditRow({ seq, body, hash }: StoredRow): AuditRow {
  return { seq, body, hash: Buffer.from(hash).toString('hex') };
}

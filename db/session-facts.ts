import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { readBody } from './drug-rows.ts';
import { readLastRow } from './log-readers.ts';
import { findSessions } from './session-finder.ts';
import { ELEMENTS, elementsOf, pumpBefore } from './session-elements.ts';
import type { SessionPage, SessionSearch } from './session-search.ts';
import type { SqlDatabase } from './sql.ts';

/** Rows looked through between two turns of the event loop. */
const SLICE = 2000;

/** Chunks fill most of a session's rows and say nothing that a list is searched by. */
const CHUNKS = "('trend.chunk', 'engine.chunk')";

/** What the newest finished check of the whole trail says of sessions. Read from rows of this run, so nobody could have written it meanwhile. */
export interface CheckedTrail {
  /** Sessions that end up to this row were checked. */
  readonly upTo: number;
  readonly isDamaged: boolean;
}

const verifiedSchema = z.object({ rows: z.int(), whole: z.boolean() });

/** Keeps what a list of sessions is searched by up with the trail, and searches it. */
export class SessionFacts {
  readonly #db: SqlDatabase;
  #catchingUp: Promise<void> = Promise.resolve();
  #checked: CheckedTrail = { upTo: 0, isDamaged: false };

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  async find(search: SessionSearch): Promise<SessionPage> {
    const before = this.#catchingUp;
    // One after the other, and a failure of one search is not the failure of the next.
    this.#catchingUp = before.catch(() => undefined).then(() => this.#catchUp());
    await this.#catchingUp;
    return findSessions(this.#db, search, this.#checked);
  }

  /**
   * The facts lie in the file, where somebody could have changed them while the station was off: reads all of them once more from the
   * rows. A sentence on the first session of which they said something else, or null. The others are served meanwhile.
   */
  async correct(isCancelled: () => boolean): Promise<string | null> {
    let first: string | null = null;
    for (const { id } of this.#db.prepare('SELECT id FROM session').all() as { readonly id: string }[]) {
      if (isCancelled()) return first;
      if (this.#correctOne(id)) first ??= `What the list of sessions said of ${id} was not what its rows say.`;
      await turn();
    }
    return first;
  }

  #correctOne(id: string): boolean {
    const before = JSON.stringify(this.#stored(id));
    this.#db.transaction(() => this.#read(id, this.#tip())).immediate();
    return JSON.stringify(this.#stored(id)) !== before;
  }

  #stored(id: string): unknown {
    return this.#db.prepare('SELECT * FROM session_facts WHERE session = ?').get(id) ?? null;
  }

  async #catchUp(): Promise<void> {
    const last = readLastRow(this.#db)?.seq ?? 0;
    for (let seq = this.#tip(); seq < last; ) {
      const upTo = Math.min(seq + SLICE, last);
      this.#db.transaction(() => this.#take(seq, upTo)).immediate();
      seq = upTo;
      await turn();
    }
  }

  #tip(): number {
    return (this.#db.prepare('SELECT seq FROM session_facts_tip').get() as { readonly seq: number }).seq;
  }

  #take(after: number, upTo: number): void {
    const touched = this.#db
      .prepare('SELECT DISTINCT session AS id FROM audit WHERE seq > ? AND seq <= ? AND session IS NOT NULL')
      .all(after, upTo) as { readonly id: string }[];
    for (const { id } of touched) this.#read(id, upTo);
    const check = this.#newestCheck(after, upTo);
    if (check !== null) this.#checked = { upTo: check.whole ? check.rows : 0, isDamaged: !check.whole };
    this.#db.prepare('UPDATE session_facts_tip SET seq = ?').run(upTo);
  }

  #newestCheck(after: number, upTo: number): z.infer<typeof verifiedSchema> | null {
    const query =
      "SELECT body FROM audit WHERE seq > ? AND seq <= ? AND act = 'record.verified' ORDER BY seq DESC LIMIT 1";
    const row = this.#db.prepare(query).get(after, upTo) as { readonly body: string } | undefined;
    return verifiedSchema.safeParse(row === undefined ? null : readBody(row.body)?.new).data ?? null;
  }

  #read(session: string, upTo: number): void {
    const found = this.#db.prepare('SELECT chair_id AS chair FROM session WHERE id = ?').get(session);
    if (found === undefined) return;
    const rows = this.#db
      .prepare(`SELECT body FROM audit WHERE session = ? AND seq <= ? AND act NOT IN ${CHUNKS} ORDER BY seq`)
      .all(session, upTo) as { readonly body: string }[];
    const lastSeq = this.#db
      .prepare('SELECT max(seq) AS seq FROM audit WHERE session = ? AND seq <= ?')
      .get(session, upTo);
    if ((lastSeq as { readonly seq: number | null }).seq === null) return;
    const bodies = rows.flatMap(({ body }) => readBody(body) ?? []);
    const pump = pumpBefore(this.#db, (found as { readonly chair: string }).chair, bodies[0]?.seq ?? 0);
    this.#db
      .prepare(
        `INSERT OR REPLACE INTO session_facts (session, ${ELEMENTS.join(', ')}, last_seq)
         VALUES (?, ${ELEMENTS.map(() => '?').join(', ')}, ?)`,
      )
      .run(session, ...elementsOf(bodies, pump), (lastSeq as { readonly seq: number }).seq);
  }
}

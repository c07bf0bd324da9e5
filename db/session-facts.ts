import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type DrugBody, readBody } from './drug-rows.ts';
import { readLastRow } from './log-readers.ts';
import { tableRows, Turns } from './long-work.ts';
import { findSessions } from './session-finder.ts';
import { ELEMENTS, elementsOf, pumpBefore } from './session-elements.ts';
import type { SessionPage, SessionSearch } from './session-search.ts';
import type { SqlDatabase } from './sql.ts';

/** Rows after which what was read of sessions is kept: a flush for each. */
const KEPT_EVERY = 2000;
/** Rows read at once: a fraction of a turn. */
const ROWS = 20;

/** Chunks fill most of a session's rows and say nothing that a list is searched by. */
const CHUNKS = "('trend.chunk', 'engine.chunk')";

/** What the newest finished check of the whole trail says of sessions. Read from rows of this run, so nobody could have written it meanwhile. */
export interface CheckedTrail {
  /** Sessions that end up to this row were checked. */
  readonly upTo: number;
  readonly isDamaged: boolean;
}

/** A line of `session_facts`. */
type Facts = readonly (string | number)[];

const COLUMNS = ['session', ...ELEMENTS, 'last_seq'];

const verifiedSchema = z.object({ rows: z.int(), whole: z.boolean() });

/** The record is closed meanwhile. */
class Cancelled extends Error {}

/** Keeps what a list of sessions is searched by up with the trail, and searches it. */
export class SessionFacts {
  readonly #db: SqlDatabase;
  #busy: Promise<unknown> = Promise.resolve();
  #checked: CheckedTrail = { upTo: 0, isDamaged: false };

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  async find(search: SessionSearch): Promise<SessionPage> {
    await this.#alone(() => this.#catchUp());
    return findSessions(this.#db, search, this.#checked);
  }

  /**
   * The facts lie in the file, where somebody could have changed them while the station was off: reads all of them once more from the
   * rows. A sentence on the first session of which they said something else, or null. The others are served meanwhile.
   */
  async correct(isCancelled: () => boolean): Promise<string | null> {
    let first: string | null = null;
    const refuseCancelled = (): void => {
      if (isCancelled()) throw new Cancelled();
    };
    const turns = new Turns(refuseCancelled);
    try {
      for await (const row of tableRows(this.#db, { table: 'session', columns: 'id' }, turns)) {
        const { id } = row as { readonly id: string };
        const wasWrong = await this.#alone(() => {
          refuseCancelled();
          return this.#correctOne(id, turns);
        });
        if (wasWrong) first ??= `What the list of sessions said of ${id} was not what its rows say.`;
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    }
    return first;
  }

  /** One after the other, because each reads on while others are served; and a failure of one is not the failure of the next. */
  #alone<Found>(work: () => Promise<Found>): Promise<Found> {
    const found = this.#busy.catch(() => undefined).then(work);
    this.#busy = found;
    return found;
  }

  async #correctOne(id: string, turns: Turns): Promise<boolean> {
    const facts = await this.#read(id, this.#tip(), turns);
    if (facts === null || isDeepStrictEqual(facts, this.#stored(id))) return false;
    this.#keep([facts]);
    return true;
  }

  #stored(id: string): Facts | null {
    const row = this.#db.prepare(`SELECT ${COLUMNS.join(', ')} FROM session_facts WHERE session = ?`).get(id);
    return row === undefined ? null : Object.values(row as Readonly<Record<string, string | number>>);
  }

  async #catchUp(): Promise<void> {
    const turns = new Turns();
    const last = readLastRow(this.#db)?.seq ?? 0;
    for (let seq = this.#tip(); seq < last; ) {
      const upTo = Math.min(seq + KEPT_EVERY, last);
      await this.#take(seq, upTo, turns);
      seq = upTo;
    }
  }

  #tip(): number {
    return (this.#db.prepare('SELECT seq FROM session_facts_tip').get() as { readonly seq: number }).seq;
  }

  async #take(after: number, upTo: number, turns: Turns): Promise<void> {
    const facts: Facts[] = [];
    for (const id of await this.#touched(after, upTo, turns)) {
      const read = await this.#read(id, upTo, turns);
      if (read !== null) facts.push(read);
    }
    this.#keep(facts, upTo);
    const check = this.#newestCheck(after, upTo);
    if (check !== null) this.#checked = { upTo: check.whole ? check.rows : 0, isDamaged: !check.whole };
  }

  /** Sessions that have one of these rows. */
  async #touched(after: number, upTo: number, turns: Turns): Promise<ReadonlySet<string>> {
    const query = this.#db.prepare(
      'SELECT DISTINCT session AS id FROM audit WHERE seq > ? AND seq <= ? AND session IS NOT NULL',
    );
    const touched = new Set<string>();
    for (let seq = after; seq < upTo; seq += ROWS) {
      const found = query.all(seq, Math.min(seq + ROWS, upTo)) as { readonly id: string }[];
      for (const { id } of found) touched.add(id);
      if (turns.isOver) await turns.next();
    }
    return touched;
  }

  #newestCheck(after: number, upTo: number): z.infer<typeof verifiedSchema> | null {
    const query =
      "SELECT body FROM audit WHERE seq > ? AND seq <= ? AND act = 'record.verified' ORDER BY seq DESC LIMIT 1";
    const row = this.#db.prepare(query).get(after, upTo) as { readonly body: string } | undefined;
    return verifiedSchema.safeParse(row === undefined ? null : readBody(row.body)?.new).data ?? null;
  }

  /** Null where there is no such session, or none of its rows. */
  async #read(session: string, upTo: number, turns: Turns): Promise<Facts | null> {
    const found = this.#db.prepare('SELECT chair_id AS chair FROM session WHERE id = ?').get(session);
    if (found === undefined) return null;
    const bodies = await this.#bodies(session, upTo, turns);
    const lastSeq = this.#db
      .prepare('SELECT max(seq) AS seq FROM audit WHERE session = ? AND seq <= ?')
      .get(session, upTo) as { readonly seq: number | null };
    if (lastSeq.seq === null) return null;
    const pump = pumpBefore(this.#db, (found as { readonly chair: string }).chair, bodies[0]?.seq ?? 0);
    return [session, ...elementsOf(bodies, pump), lastSeq.seq];
  }

  async #bodies(session: string, upTo: number, turns: Turns): Promise<readonly DrugBody[]> {
    const query = this.#db.prepare(
      `SELECT seq, body FROM audit
       WHERE session = ? AND seq > ? AND seq <= ? AND act NOT IN ${CHUNKS} ORDER BY seq LIMIT ${ROWS}`,
    );
    const bodies: DrugBody[] = [];
    for (let after = 0; ; ) {
      const rows = query.all(session, after, upTo) as { readonly seq: number; readonly body: string }[];
      for (const { seq, body } of rows) {
        const read = readBody(body);
        if (read !== null) bodies.push(read);
        after = seq;
        if (turns.isOver) await turns.next();
      }
      if (rows.length < ROWS) return bodies;
    }
  }

  /** @param tip up to which row all facts are read now */
  #keep(facts: readonly Facts[], tip = this.#tip()): void {
    const insert = this.#db.prepare(
      `INSERT OR REPLACE INTO session_facts (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
    );
    const write = (): void => {
      for (const one of facts) insert.run(...one);
      this.#db.prepare('UPDATE session_facts_tip SET seq = ?').run(tip);
    };
    this.#db.transaction(write).immediate();
  }
}

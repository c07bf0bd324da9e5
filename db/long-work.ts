import { setImmediate as turn } from 'node:timers/promises';
import { hexRowReader } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import type { HexRow } from './verify-row.ts';

/** How long work goes on before those who wait are served (ms): what it adds to the wait for a row. */
const TURN_MS = 1;

/** Rows read at once: a fraction of a turn. */
const ROWS = 100;

/**
 * Shares the thread of the record. Long work asks after each of its steps whether its time is over, and gives way when it is: by time and not
 * by steps, because how long a step takes is up to the row and the machine.
 */
export class Turns {
  readonly #before: () => void;
  #end = performance.now() + TURN_MS;

  /** @param before runs before each further turn; what it throws ends the work */
  constructor(before: () => void = () => undefined) {
    this.#before = before;
  }

  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Others are served. */
  async next(): Promise<void> {
    await turn();
    this.#before();
    this.#end = performance.now() + TURN_MS;
  }
}

/**
 * Gives `take` all rows after `from` up to `upTo`, until it says something of one; gives that. Rows never change, so what is read
 * late is what was there at the start.
 */
export async function walkRows<Found>(
  db: SqlDatabase,
  { from = 0, upTo }: { readonly from?: number; readonly upTo: number },
  turns: Turns,
  take: (row: HexRow) => Found | null,
): Promise<Found | null> {
  const read = hexRowReader(db);
  for (let after = from; after < upTo; ) {
    const rows = read(after, upTo, ROWS);
    if (rows.length === 0) return null;
    if (turns.isOver) await turns.next();
    for (const row of rows) {
      const found = take(row);
      if (found !== null) return found;
      after = row.seq;
      if (turns.isOver) await turns.next();
    }
  }
  return null;
}

/** The lowest number that SQLite gives a row, and the highest, as text: a forged one may be more than a number of ours holds. */
const LOWEST = String(-(2n ** 63n));
const HIGHEST = 2 ** 63;

/** These columns of every row of a table, up to the row with that number. Rows that come meanwhile may be among them. */
export async function* tableRows(
  db: SqlDatabase,
  { table, columns, upTo = HIGHEST }: { readonly table: string; readonly columns: string; readonly upTo?: number },
  turns: Turns,
): AsyncGenerator<object> {
  const query = db.prepare(
    `SELECT CAST(rowid AS TEXT) AS place, ${columns} FROM ${table}
     WHERE rowid >= CAST(? AS INTEGER) AND rowid <= ? ORDER BY rowid LIMIT ${ROWS}`,
  );
  for (let from = LOWEST; ; ) {
    const rows = query.all(from, upTo) as { readonly place: string }[];
    if (turns.isOver) await turns.next();
    for (const row of rows) {
      yield row;
      if (turns.isOver) await turns.next();
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS) return;
    from = String(BigInt(last.place) + 1n);
  }
}

import { setImmediate as turn } from 'node:timers/promises';
import { hexRowReader } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import type { HexRow } from './verify-row.ts';

/** Rows between two turns of the event loop: a few milliseconds. */
const SLICE = 200;

/**
 * All rows after `from` up to `upTo` in slices. Between slices the worker serves other requests, so that a check of a year of rows
 * does not keep the next command waiting. Rows never change, so what is read late is what was there at the start.
 */
export async function* rowsInSlices(db: SqlDatabase, upTo: number, from = 0): AsyncGenerator<readonly HexRow[]> {
  const read = hexRowReader(db);
  for (let after = from; after < upTo; ) {
    const rows = read(after, upTo, SLICE);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.seq ?? upTo;
    await turn();
  }
}

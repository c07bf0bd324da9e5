import { z } from 'zod';
import { setImmediate as turn } from 'node:timers/promises';
import { readRowAt, rowReader } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import { orIfUnreadable } from './sql-errors.ts';
import type { StoredRow } from './verify-row.ts';

// What can still be read of a record that has lost rows or pages: without its indexes and without SQL that reads JSON, because
// both may be what is damaged.

/** Rows between two turns of the event loop. */
const SLICE = 200;

/** Every row up to `upTo` that can be read, in order; a page that cannot be read costs its own rows only. */
export async function* readableRows(db: SqlDatabase, upTo: number): AsyncGenerator<readonly StoredRow[]> {
  const read = rowReader(db);
  for (let after = 0; after < upTo; ) {
    const end = Math.min(after + SLICE, upTo);
    yield orOneByOne(db, after, end, () => read(after, end, SLICE));
    after = end;
    await turn();
  }
}

function orOneByOne(db: SqlDatabase, after: number, end: number, all: () => StoredRow[]): readonly StoredRow[] {
  const found = orIfUnreadable(all, null);
  if (found !== null) return found;
  const seqs = Array.from({ length: end - after }, (_, index) => after + 1 + index);
  return seqs.flatMap((seq) => orIfUnreadable(() => readRowAt(db, seq), null) ?? []);
}

const ownerSchema = z.object({ session: z.string().nullable(), act: z.string() });

/** Whose row it is; of a text that is no JSON any more, as far as its words still say. */
export function ownerOf(body: string): { readonly session: string | null; readonly act: string } {
  try {
    const { data } = ownerSchema.safeParse(JSON.parse(body));
    if (data !== undefined) return data;
  } catch {
    // Its words are looked for below.
  }
  return { session: memberIn(body, 'session'), act: memberIn(body, 'act') ?? '' };
}

function memberIn(text: string, name: string): string | null {
  return new RegExp(`"${name}":"([^"\\\\]*)"`).exec(text)?.[1] ?? null;
}

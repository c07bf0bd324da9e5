import { z } from 'zod';
import type { DamageReport } from './trail.ts';
import type { RowFields } from './verify-row.ts';

/** Act of the row by which the record states what an export will hold, before it is written. */
export const EXPORT_BEGUN = 'export.begun';

/** From this version of a row's body on, an export of the trail states its extent; without it, it was cut. */
export const EXTENT_SINCE = 2;

const extentSchema = z.object({
  id: z.string(),
  rows: z.int().positive(),
  first: z.int().positive(),
  last: z.int().positive(),
  /** Hex hash of the last row. */
  hash: z.string(),
});

/** All rows that a session had when an export began. */
export type SessionExtent = z.infer<typeof extentSchema>;

const begunSchema = z.object({ sessions: z.array(extentSchema).min(1) });

/** What the row states; null for every other row. */
export function extentsIn({ act, outcome, new: named }: RowFields): readonly SessionExtent[] | null {
  if (act !== EXPORT_BEGUN || outcome !== 'ok') return null;
  return begunSchema.safeParse(named).data?.sessions ?? null;
}

/** Whether exactly these rows are here; `seq` is the row that says so. */
export function extentDamage(
  seq: number,
  { rows, first, last, hash }: SessionExtent,
  here: readonly { readonly seq: number; readonly hash: Uint8Array }[],
): DamageReport | null {
  const [begin, end] = [here[0], here.at(-1)];
  const isLast = end?.seq === last && Buffer.from(end.hash).toString('hex') === hash;
  if (here.length === rows && begin?.seq === first && isLast) return null;
  const found = `here are ${here.length} from ${String(begin?.seq)} to ${String(end?.seq)}`;
  return {
    seq,
    what: 'extent',
    detail: `when the export began the session had ${rows} rows from ${first} to ${last}; ${found}`,
  };
}

import { z } from 'zod';
import type { SqlDatabase } from './sql.ts';
import { readRow, type StoredRow } from './verify-row.ts';

/** What the row of a change of key says of a place outside the database: an anchor of so many rows lay there by then. */
const anchoredSchema = z.object({ place: z.string(), size: z.int().positive() });
export type Anchored = z.infer<typeof anchoredSchema>;

const rotationSchema = z.object({ anchored: z.array(anchoredSchema).min(1) });

/** As the newest row says that names any; empty where none does. */
export function readAnchored(db: SqlDatabase): readonly Anchored[] {
  const query = db.prepare(
    "SELECT seq, body, hash FROM audit WHERE act IN ('log.genesis', 'key.rotate') AND body LIKE '%\"anchored\":%' ORDER BY seq DESC LIMIT 1",
  );
  const row = query.get() as StoredRow | undefined;
  const reading = row === undefined ? null : readRow(row);
  return reading?.kind === 'read' ? (rotationSchema.safeParse(reading.fields.new).data?.anchored ?? []) : [];
}

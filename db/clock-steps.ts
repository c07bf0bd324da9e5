import { z } from 'zod';
import type { SqlDatabase } from './sql.ts';
import { readRow, type StoredRow } from './verify-row.ts';

/** The wall clock was put by hand or by the network, and the station saw it. */
export interface ClockStepRow {
  readonly seq: number;
  /** Negative where it was put back. */
  readonly stepMs: number;
}

const factsSchema = z.object({ stepMs: z.number().int() });

/** In their order. A row that does not fit its hash counts as not there; verification names it. */
export function readClockSteps(db: SqlDatabase): ClockStepRow[] {
  // The words of the index in schema 0012, so that it is used.
  const rows = db
    .prepare(`SELECT seq, body, hash FROM audit WHERE act = 'clock.step' ORDER BY seq`)
    .all() as StoredRow[];
  return rows.flatMap((row) => {
    const reading = readRow(row);
    if (reading.kind !== 'read') return [];
    const facts = factsSchema.safeParse(reading.fields.new);
    return facts.success ? [{ seq: reading.fields.seq, stepMs: facts.data.stepMs }] : [];
  });
}

import type { SqlDatabase } from './sql.ts';
import type { JsonValue } from './trail.ts';
import { readRow, type StoredRow } from './verify-row.ts';

/** Acts that decide whether the station waits for two signatures. */
export type HoldAct = 'configuration.accepted' | 'record.restored' | 'record.restore-accepted';

export interface HoldRow {
  readonly seq: number;
  readonly act: HoldAct;
  readonly facts: JsonValue;
}

/** In their order. A row that does not fit its hash counts as not there: then a signature is asked for once more. */
export function readHoldRows(db: SqlDatabase): HoldRow[] {
  // The words of the index in schema 0007, so that it is used.
  const rows = db
    .prepare(
      `SELECT seq, body, hash FROM audit
       WHERE act IN ('configuration.accepted', 'record.restored', 'record.restore-accepted') ORDER BY seq`,
    )
    .all() as StoredRow[];
  return rows.flatMap((row) => {
    const reading = readRow(row);
    if (reading.kind !== 'read' || reading.fields.outcome !== 'ok') return [];
    const { seq, act, new: facts = null } = reading.fields;
    return [{ seq, act: act as HoldAct, facts }];
  });
}

import { AppError } from '../drivers/kit/app-error.ts';
import { sizeContradiction } from './anchor-check.ts';
import type { NamedAnchors } from './anchors.ts';
import { APPLICATION_ID } from './connection.ts';
import { type RecordEnd, readEnd } from './record-end.ts';
import type { SchemaCheck } from './schema-check.ts';
import type { SqlDatabase } from './sql.ts';
import { verifyRecord } from './verify-record.ts';

function refuse(why: string): never {
  throw new AppError('RECORD_DAMAGED', `The copy is not put in place: ${why}.`);
}

/**
 * A copy that may take the place of a record: ours, whole in every page and row, of the same record as the anchors, and
 * the same as they are up to its own end. Anchors that go on behind it are what it is put back for. Throws RECORD_DAMAGED.
 */
export async function checkedEnd(
  db: SqlDatabase,
  anchors: readonly NamedAnchors[],
  schema: SchemaCheck,
  onProgress: (rowsDone: number, rowsTotal: number) => void,
): Promise<RecordEnd> {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) refuse('it is no record of Chairside');
  const pages = db.pragma('integrity_check', { simple: true });
  if (pages !== 'ok') refuse(`its pages are damaged (${String(pages)})`);
  const made = schema.damage(db);
  if (made !== null) refuse(made.detail);
  const end = readEnd(db);
  if (end === null) refuse('it does not say where it ends');
  const { origin, rows } = end;
  const foreign = anchors.flatMap((held) => held.anchors).find((anchor) => anchor.origin !== origin);
  if (foreign !== undefined) refuse(`${sizeContradiction(foreign, origin, rows)}; the copy is of ${origin}`);
  const held = anchors.map((each) => ({ ...each, anchors: each.anchors.filter(({ size }) => size <= rows) }));
  const { damage } = await verifyRecord(db, { held, onProgress, remember: false });
  if (damage !== null) refuse(`it is damaged at row ${damage.seq} (${damage.what}), ${damage.detail}`);
  return end;
}

import { AppError } from '../drivers/kit/app-error.ts';
import type { AuditLog } from './log.ts';
import type { RestoreSettings } from './messages.ts';
import { isOccupied } from './put-in-place.ts';
import { type RecordEnd, readEnd } from './record-end.ts';
import type { SqlDatabase } from './sql.ts';
import { systemEvent } from './system-event.ts';

/** What is told of a copy that was put in the place of a record: the member `new` of the row `record.restored`. */
export type RestoreFacts = {
  /** Wall-clock time, ISO 8601 with Z. */
  readonly at: string;
  /** File name of the copy, and where it ends. */
  readonly copy: string;
  readonly rows: number;
  /** Hex root of the tree of those rows. */
  readonly root: string;
  readonly lastRowAt: string;
  /** What was there before, as far as it could be read; null: it could not, or there was none. */
  readonly replaced: { readonly rows: number; readonly root: string; readonly lastRowAt: string } | null;
  /** Folder, below that of the record, to which it was moved; null: there was none. */
  readonly movedTo: string | null;
  /** Most rows that an anchor proves; null: none was found, or none could be opened. */
  readonly anchoredRows: number | null;
};

type Restoring = RestoreSettings['restore'];

/** @param replaced the record that was there, held open; null where it cannot be read */
export function factsOf(
  end: RecordEnd,
  replaced: SqlDatabase | null,
  { at, copy, anchors, folder }: Restoring,
): RestoreFacts {
  const before = replaced === null ? null : endIfReadable(replaced);
  if (before !== null && before.origin !== end.origin) {
    throw new AppError(
      'RECORD_DAMAGED',
      `The copy is not put in place: it is of ${end.origin}, the record of ${before.origin}.`,
    );
  }
  const sizes = anchors.flatMap((held) => held.anchors).map(({ size }) => size);
  return {
    at,
    copy,
    rows: end.rows,
    root: end.root,
    lastRowAt: end.at,
    replaced: before && { rows: before.rows, root: before.root, lastRowAt: before.at },
    movedTo: isOccupied(folder) ? `record-replaced-${at.replaceAll(':', '')}` : null,
    anchoredRows: sizes.length === 0 ? null : Math.max(...sizes),
  };
}

function endIfReadable(db: SqlDatabase): RecordEnd | null {
  try {
    return readEnd(db);
  } catch {
    // Why it is replaced; how far it went is then known by the anchors alone.
    return null;
  }
}

/** Into the copy, before it is put in place. */
export function markRestored(db: SqlDatabase, facts: RestoreFacts): void {
  db.prepare('INSERT OR REPLACE INTO restored (id, facts) VALUES (1, ?)').run(JSON.stringify(facts));
}

/** At the first start on a copy that was put back: the row, and with it the mark is gone. */
export function tellRestored(db: SqlDatabase, log: AuditLog): void {
  const mark = db.prepare('SELECT facts FROM restored').get() as { readonly facts: string } | undefined;
  if (mark === undefined || !log.isSound) return;
  const forget = db.prepare('DELETE FROM restored');
  const event = systemEvent('record.restored', { new: JSON.parse(mark.facts) as RestoreFacts });
  log.append(event, { write: () => void forget.run() });
}

import { setImmediate as turn } from 'node:timers/promises';
import type { StepProgress } from './messages.ts';
import type { SqlDatabase } from './sql.ts';
import { orIfUnreadable, toRecordError } from './sql-errors.ts';
import type { DamageReport } from './trail.ts';
import { refuseCancelled } from './verify-record.ts';

interface TableSize {
  readonly name: string;
  /** With those of its indexes. */
  readonly pages: number;
}

const damage = (found: unknown): DamageReport => ({
  seq: 0,
  what: 'pages',
  detail: `its pages do not fit each other (${String(found)})`,
});

/**
 * Every page, index and constraint as SQLite sees it: an index without one of its rows would keep that row out of what is read by it. Holds
 * the thread meanwhile, for 1 GB well over ten seconds. Null where all is in order.
 */
export function pageDamage(db: SqlDatabase, within: string | null = null): DamageReport | null {
  const argument = within === null ? '1' : `'${within.replaceAll("'", "''")}'`;
  const found = db.pragma(`integrity_check(${argument})`, { simple: true });
  return found === 'ok' ? null : damage(found);
}

/** The smallest first. */
function tablesOf(db: SqlDatabase): TableSize[] {
  const sizes = db.prepare(
    `SELECT made.tbl_name AS name, sum(btree.pageno) AS pages
     FROM dbstat AS btree JOIN sqlite_schema AS made ON made.name = btree.name
     WHERE btree.aggregate = TRUE GROUP BY made.tbl_name ORDER BY pages`,
  );
  return sizes.all() as TableSize[];
}

/**
 * The same in steps, each a table with its indexes, with how many pages are behind it. The last step is the whole file with the largest table:
 * no sum of tables sees unused pages, or a page that two tables share. Rejects with RECORD_FAILED where it is cancelled between two steps.
 */
export async function pageDamageInSteps(
  db: SqlDatabase,
  onProgress: StepProgress,
  isCancelled: () => boolean,
): Promise<DamageReport | null> {
  const total = Number(db.pragma('page_count', { simple: true }));
  let done = 0;
  try {
    // Where a page cannot be read, the whole check names it.
    for (const { name, pages } of orIfUnreadable(() => tablesOf(db), []).slice(0, -1)) {
      onProgress(done, total);
      const found = pageDamage(db, name);
      if (found !== null) return found;
      done += pages;
      await turn();
      refuseCancelled(isCancelled);
    }
    onProgress(done, total);
    return pageDamage(db);
  } catch (error) {
    const failure = toRecordError(error);
    if (failure.code !== 'RECORD_DAMAGED') throw failure;
    return damage(failure.message);
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { AppError } from '../drivers/kit/app-error.ts';
import { APPLICATION_ID } from './connection.ts';
import type { SqlDatabase } from './sql.ts';

interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** `0001-trail.sql` is version 1. The folder's URL ends with a slash. */
function migrationsIn(folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .toSorted()
    .map((name) => ({ version: Number(name.slice(0, 4)), sql: readFileSync(new URL(name, folder), 'utf8') }));
}

export function newestVersion(schemaFolder: URL): number {
  return migrationsIn(schemaFolder).at(-1)?.version ?? 0;
}

/**
 * Brings the file to the newest version, all in one transaction. It also takes the write lock of a file that is
 * already new, so that a second program is refused at the start and not at its first event; it writes nothing then, because a
 * record on a full disk must still open.
 * @param upTo @default the newest version
 */
export function migrate(db: SqlDatabase, schemaFolder: URL, upTo = Number.POSITIVE_INFINITY): void {
  const migrations = migrationsIn(schemaFolder).filter(({ version }) => version <= upTo);
  const newest = migrations.at(-1)?.version ?? 0;
  db.transaction(() => {
    const current = Number(db.pragma('user_version', { simple: true }));
    if (current > newest) {
      throw new AppError(
        'RECORD_DAMAGED',
        `The record was written by a newer Chairside (version ${current}, this one knows ${newest}). Install that one.`,
      );
    }
    for (const { version, sql } of migrations.filter((migration) => migration.version > current)) {
      db.exec(sql);
      db.pragma(`application_id = ${APPLICATION_ID}`, { simple: true });
      db.pragma(`user_version = ${version}`, { simple: true });
    }
  }).immediate();
}

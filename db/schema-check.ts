import { migrate, newestVersion } from './migrate.ts';
import type { SqlDatabase } from './sql.ts';
import type { DamageReport } from './trail.ts';

/** Tables, indexes, triggers and views of a file, each as `type name table`, with the statement that made it. */
type Schema = ReadonlyMap<string, string>;

/** Quoted text stands for itself; what SQLite skips elsewhere (its own spaces, and comments) means nothing. */
const QUOTED_OR_SKIPPED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(?:[ \t\n\f\r]|--[^\n]*|\/\*[\s\S]*?\*\/)+/g;

const isQuoted = (part: string): boolean => part.startsWith("'") || part.startsWith('"');
const plain = (sql: string): string =>
  sql.replaceAll(QUOTED_OR_SKIPPED, (part) => (isQuoted(part) ? part : ' ')).trim();

function schemaOf(db: SqlDatabase): Schema {
  const rows = db.prepare('SELECT type, name, tbl_name AS owner, sql FROM sqlite_schema').all() as {
    readonly type: string;
    readonly name: string;
    readonly owner: string;
    readonly sql: string | null;
  }[];
  const schema = new Map<string, string>();
  for (const { type, name, owner, sql } of rows) {
    const key = `${type} ${name} of ${owner}`;
    // Two of one name are neither of them.
    schema.set(key, `${schema.get(key) ?? ''}${plain(sql ?? '')};`);
  }
  return schema;
}

function firstOther(found: Schema, expected: Schema): string | null {
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    if (!found.has(key)) return `it lacks the ${key}`;
    if (!expected.has(key)) return `its ${key} is not of Chairside`;
    if (found.get(key) !== expected.get(key)) return `its ${key} was changed`;
  }
  return null;
}

/**
 * Holds tables, indexes, triggers and views to those that our own SQL makes: a column that was redefined hides rows from everything that
 * reads by it, and every page and row is in order. It takes as long whatever the size of the file.
 */
export class SchemaCheck {
  readonly #empty: () => SqlDatabase;
  readonly #folder: URL;
  /** By version. Made once: to carry out all our SQL would keep the rows that wait. */
  readonly #made = new Map<number, Schema>();

  /** @param empty gives a new database in memory */
  constructor(empty: () => SqlDatabase, schemaFolder: URL) {
    this.#empty = empty;
    this.#folder = schemaFolder;
  }

  /** Null where all is in order, for the version of which the file says that it is. */
  damage(db: SqlDatabase): DamageReport | null {
    const version = Number(db.pragma('user_version', { simple: true }));
    const newest = newestVersion(this.#folder);
    const other =
      version > newest
        ? `it says that it is of version ${version}, and this Chairside knows ${newest}`
        : firstOther(schemaOf(db), this.#expected(version));
    return other === null
      ? null
      : { seq: 0, what: 'schema', detail: `the file is not made as Chairside makes it: ${other}` };
  }

  #expected(version: number): Schema {
    const made = this.#made.get(version) ?? this.#make(version);
    this.#made.set(version, made);
    return made;
  }

  #make(version: number): Schema {
    const fresh = this.#empty();
    try {
      migrate(fresh, this.#folder, version);
      return schemaOf(fresh);
    } finally {
      fresh.close();
    }
  }
}

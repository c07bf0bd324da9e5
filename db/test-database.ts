import { DatabaseSync } from 'node:sqlite';
import type { SqlDatabase } from './sql.ts';

/** Node's own SQLite behind the record's interface: a second engine, and one that tests can make lie. */
export class TestDatabase implements SqlDatabase {
  readonly #db = new DatabaseSync(':memory:');
  readonly #lies: ReadonlyMap<string, unknown>;

  /** `lies` are answers to settings that the database pretends to have. */
  constructor(lies: Readonly<Record<string, unknown>> = {}) {
    this.#lies = new Map(Object.entries(lies));
  }

  prepare(source: string): ReturnType<SqlDatabase['prepare']> {
    const version = this.#lies.get('sqlite_version');
    const statement = this.#db.prepare(
      typeof version === 'string' ? source.replace('sqlite_version()', `'${version}'`) : source,
    );
    return {
      run: (...values) => statement.run(...(values as (string | number | Uint8Array)[])),
      get: (...values) => statement.get(...(values as (string | number | Uint8Array)[])),
      all: (...values) => statement.all(...(values as (string | number | Uint8Array)[])),
    };
  }

  exec(source: string): void {
    this.#db.exec(source);
  }

  pragma(source: string): unknown {
    const row = this.#db.prepare(`PRAGMA ${source}`).get();
    return this.#lies.get(source) ?? (row === undefined ? undefined : Object.values(row)[0]);
  }

  transaction<Values extends unknown[], Result>(work: (...values: Values) => Result) {
    return {
      immediate: (...values: Values): Result => {
        this.#db.exec('BEGIN IMMEDIATE');
        try {
          const result = work(...values);
          this.#db.exec('COMMIT');
          return result;
        } catch (error) {
          this.#db.exec('ROLLBACK');
          throw error;
        }
      },
    };
  }

  close(): void {
    this.#db.close();
  }
}

/** The part of better-sqlite3 that the record uses; only worker.ts knows the package itself. */
export interface SqlStatement {
  run(...values: unknown[]): unknown;
  get(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
}

export interface SqlDatabase {
  prepare(source: string): SqlStatement;
  exec(source: string): unknown;
  pragma(source: string, options: { readonly simple: true }): unknown;
  transaction<Values extends unknown[], Result>(
    work: (...values: Values) => Result,
  ): { immediate(...values: Values): Result };
  close(): unknown;
}

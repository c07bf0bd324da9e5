import { z } from 'zod';
import { readLastRow } from './log-readers.ts';
import { Turns, walkRows } from './long-work.ts';
import { EXPORT_BEGUN } from './session-extent.ts';
import type { SqlDatabase } from './sql.ts';
import { toRecordError } from './sql-errors.ts';
import type { HexRow } from './verify-row.ts';

export interface ClaimedRow {
  readonly seq: number;
  /** Null where its text was taken out of the copy. */
  readonly body: string | null;
  readonly hash: Uint8Array;
}

export interface ClaimedSession {
  readonly id: string;
  /** Rows of the trail when it was exported: all that the session had up to here must be in it. */
  readonly upTo: number;
}

/** What an export says of the record that it was taken from; nothing of it is believed. */
export interface ExportClaim {
  /** Hex SHA-256 of its last manifest, which stands for every byte of it. */
  readonly manifest: string;
  readonly sessions: readonly ClaimedSession[];
  /** Of the sessions, of the keys, and the one with which it began. */
  readonly rows: readonly ClaimedRow[];
  /** Row with which it began; null where it says nothing of it. */
  readonly begun: number | null;
}

/** What the record says of the end of an export. */
export interface ToldEnd {
  readonly seq: number;
  readonly act: string;
  readonly reason: string | null;
  /** Hex; null where the export was not completed. */
  readonly manifest: string | null;
}

export interface ExportFinding {
  /** Where the record and the export first say different things; null where they agree. */
  readonly first: { readonly seq: number; readonly detail: string } | null;
  /** Null where the record does not tell of its end. */
  readonly told: ToldEnd | null;
  /** First row that could not be read, so that it and those after it were not compared; null where all were. */
  readonly unreadFrom: number | null;
}

const ENDS: ReadonlySet<string> = new Set(['export.session', 'export.collection', 'export.ended']);

const rowSchema = z.object({
  act: z.string(),
  session: z.string().nullable(),
  reason: z.string().nullish(),
  new: z.object({ manifest: z.string() }).nullish().catch(null),
});
type Members = z.infer<typeof rowSchema>;

/** Null for a body that is no event any more: the check of the record names it. */
function membersOf(body: string): Members | null {
  try {
    return rowSchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/** Walks the record beside an export; every row is looked at, so that no index can hide one. */
class ExportWalk {
  readonly #claim: ExportClaim;
  readonly #waiting: Map<number, readonly ClaimedRow[]>;
  readonly #sessions: ReadonlyMap<string, number>;
  readonly #marks: readonly string[];
  #first: ExportFinding['first'] = null;
  #told: ToldEnd | null = null;
  /** Whether the export before this row has begun, and none since. */
  #isOurs = false;

  constructor(claim: ExportClaim) {
    this.#claim = claim;
    this.#waiting = new Map(Map.groupBy(claim.rows, ({ seq }) => seq));
    this.#sessions = new Map(claim.sessions.map(({ id, upTo }) => [id, upTo]));
    this.#marks = [...claim.sessions.map(({ id }) => `"session":${JSON.stringify(id)}`), '"act":"export.'];
  }

  row({ seq, body, hash }: HexRow): void {
    const claimed = this.#waiting.get(seq);
    this.#waiting.delete(seq);
    const isSame = claimed?.every(
      (one) => (one.body ?? body) === body && Buffer.from(one.hash).toString('hex') === hash,
    );
    if (isSame === false) this.#differs(seq, otherRow(seq));
    // A row in a million is of interest: nothing else is taken apart.
    if (!this.#marks.some((mark) => body.includes(mark))) return;
    const members = membersOf(body);
    if (members === null) return;
    if (claimed === undefined && seq <= (this.#sessions.get(members.session ?? '') ?? 0)) {
      this.#differs(seq, 'the record has this row of the session, and the export does not: it was left out');
    }
    this.#tell(seq, members);
  }

  /** @param last row of the record, @param unreadFrom see ExportFinding */
  finish(last: number, unreadFrom: number | null): ExportFinding {
    const size = Math.max(0, ...this.#claim.sessions.map(({ upTo }) => upTo));
    if (last < size) {
      const why = `the record ends at row ${last}: it was cut off, or an older copy was put back`;
      this.#differs(last + 1, `the export proves that there were ${size} rows, and ${why}`);
    }
    for (const seq of this.#waiting.keys()) {
      if (seq < (unreadFrom ?? Infinity)) this.#differs(seq, 'the export has this row, and the record does not');
    }
    return { first: this.#first, told: this.#told, unreadFrom };
  }

  #differs(seq: number, detail: string): void {
    if (seq < (this.#first?.seq ?? Infinity)) this.#first = { seq, detail };
  }

  /** The row with its manifest wherever it stands; else the first end after the row with which it began. */
  #tell(seq: number, { act, reason = null, new: named }: Members): void {
    if (act === EXPORT_BEGUN) this.#isOurs = seq === this.#claim.begun;
    if (!ENDS.has(act)) return;
    const manifest = named?.manifest ?? null;
    const isItself = manifest === this.#claim.manifest;
    if (isItself || (this.#isOurs && this.#told === null)) this.#told = { seq, act, reason, manifest };
  }
}

function otherRow(seq: number): string {
  return seq === 1
    ? 'the record does not begin with the row with which that of the export begins: it is another record'
    : 'the export has another row there than the record';
}

/** Holds an export to the record, row by row, and looks for what the record says of it. */
export async function checkExport(db: SqlDatabase, claim: ExportClaim): Promise<ExportFinding> {
  const walk = new ExportWalk(claim);
  let read = 0;
  try {
    const last = readLastRow(db)?.seq ?? 0;
    await walkRows(db, { upTo: last }, new Turns(), (row) => {
      walk.row(row);
      read = row.seq;
      return null;
    });
    return walk.finish(last, null);
  } catch (error) {
    const failure = toRecordError(error);
    if (failure.code !== 'RECORD_DAMAGED') throw failure;
    return walk.finish(Infinity, read + 1);
  }
}

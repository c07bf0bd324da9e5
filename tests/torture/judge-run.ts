import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Acknowledged, ANCHOR_TORN, failureOf, KEY_LOST } from './judge.ts';

/** What a run said of its rows. */
export interface Told {
  readonly acknowledged: readonly Acknowledged[];
  /** Labels of the rows that were refused; a row has its label as its reason. */
  readonly refused: ReadonlySet<string>;
}

interface RunVerdict {
  readonly lost: number;
  readonly refusedFound: number;
  /** A secret of the station could not be kept, so that its keys or its anchor are gone, and the record said so in time. */
  readonly isKeyLost: boolean;
  /** Null where nothing is wrong. */
  readonly why: string | null;
}

/** Opens what a run left, and holds it to each row that the run was told is durable. */
export async function judgeRun(
  folder: string,
  { acknowledged, refused }: Told,
  isSealed: boolean,
): Promise<RunVerdict> {
  const last = acknowledged.at(-1) ?? { seq: 0, hash: '' };
  const failure = await failureOf(folder, last, isSealed);
  const isOfKeys = failure?.why === KEY_LOST || failure?.why === ANCHOR_TORN;
  if (failure !== null && !isOfKeys) return { ...failure, refusedFound: 0, isKeyLost: false };
  const rows = rowsIn(folder);
  const lost = acknowledged.filter(({ seq, hash }) => rows.get(seq)?.hash !== hash).length;
  const refusedFound = [...rows.values()].filter(({ reason }) => refused.has(reason)).length;
  const isKeyLost = isOfKeys && [...rows.values()].some(({ act }) => act === 'key.store');
  const why = isKeyLost ? null : (failure?.why ?? null);
  return { lost, refusedFound, isKeyLost, why: lost > 0 ? `${lost} acknowledged rows are lost or others` : why };
}

interface FoundRow {
  readonly hash: string;
  readonly act: string;
  readonly reason: string;
}

function rowsIn(folder: string): ReadonlyMap<number, FoundRow> {
  const db = new DatabaseSync(join(folder, 'record.db'));
  try {
    const rows = db
      .prepare("SELECT seq, lower(hex(hash)) AS hash, act, body ->> '$.reason' AS reason FROM audit")
      .all();
    return new Map(
      rows.map(({ seq, hash, act, reason }) => [
        Number(seq),
        { hash: String(hash), act: String(act), reason: String(reason) },
      ]),
    );
  } finally {
    db.close();
  }
}

import { CompactRange } from './compact-range.ts';
import { type KeyStore, keyFor } from './keys.ts';
import { type HeadRow, readHead, readKeyChain, readLastRow } from './log-readers.ts';
import type { SqlDatabase } from './sql.ts';
import type { KeyChain } from './verify-keys.ts';
import type { StoredRow } from './verify-row.ts';

interface TipPlace {
  readonly range: CompactRange;
  /** Hex hash of the last row. */
  readonly prev: string;
  readonly origin: string;
}

export interface SoundTip extends TipPlace {
  readonly kind: 'sound';
  readonly seed: Buffer;
}

/** In order to its last row, but nobody here can sign the next one: it goes on in a new segment. */
export interface KeylessTip extends TipPlace {
  readonly kind: 'keyless';
  /** Newest signed head. */
  readonly note: string;
  /** Number of the segment that begins next. */
  readonly segment: number;
}

/** Where the trail ends: what the next row needs, or why there can be none. */
export type LogTip = SoundTip | KeylessTip | { readonly kind: 'damaged'; readonly problem: string };

function damaged(problem: string): LogTip {
  return { kind: 'damaged', problem };
}

/** Start-up looks at the end of the trail only; the whole is checked by `verify`, which may take seconds. */
function judge(head: HeadRow, last: StoredRow, keys: KeyChain, keyStore: KeyStore): LogTip {
  if (head.size !== last.seq) return damaged(`The trail ends at row ${last.seq}, but ${head.size} rows were signed.`);
  const range = CompactRange.from(head.size, head.peaks);
  if (range === null || !range.root().equals(head.root)) return damaged('The tree of the trail does not fit its head.');
  if (!keys.vouchesFor(head.note, head.size, range.root())) return damaged('The head of the trail is not signed.');
  const place = { range, prev: Buffer.from(last.hash).toString('hex'), origin: keys.origin };
  const seed = keyFor(keyStore.load(), keys.currentKey);
  return seed === null
    ? { kind: 'keyless', ...place, note: head.note, segment: keys.segments.length + 1 }
    : { kind: 'sound', ...place, seed };
}

/** Null where there is no trail yet. */
export function readTip(db: SqlDatabase, keyStore: KeyStore): LogTip | null {
  const head = readHead(db);
  const last = readLastRow(db);
  if (head === null && last === null) return null;
  if (head === null || last === null) return damaged('The trail has lost its rows or its head.');
  const keys = readKeyChain(db);
  if (keys === null) return damaged('The first row of the trail does not name the root key.');
  return judge(head, last, keys, keyStore);
}

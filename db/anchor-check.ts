import type { Anchor } from './anchor.ts';
import type { AnchorPlace } from './anchor-places.ts';
import type { HeldAnchors } from './anchors.ts';
import { CompactRange } from './compact-range.ts';
import { readHead } from './log-readers.ts';
import { Turns, walkRows } from './long-work.ts';
import type { SqlDatabase } from './sql.ts';

/** An anchor that says something else than the trail. */
export interface Contradiction {
  readonly place: AnchorPlace;
  readonly anchor: Anchor;
  /** What that means, for the person who has to act. */
  readonly detail: string;
}

/** What an anchor says against a trail of `size` rows with that origin; null where only its root is left to compare. */
export function sizeContradiction(anchor: Anchor, origin: string, size: number): string | null {
  if (anchor.origin !== origin) return `it belongs to ${anchor.origin}, not to this record: the record was replaced`;
  if (anchor.size <= size) return null;
  return `it proves ${anchor.size} rows, and the record has ${size}: rows were removed or an older copy was put back`;
}

/** Rewritten, or a fork of an older copy: rows that were anchored are others now. */
export function rootContradiction(anchor: Anchor): string {
  return `the rows up to ${anchor.size} are not those that were anchored: the record was rewritten or forked`;
}

/** Roots that the stored hashes give at these sizes; the hashes themselves are checked by a verification. */
async function rootsAt(
  db: SqlDatabase,
  sizes: ReadonlySet<number>,
  upTo: number,
): Promise<ReadonlyMap<number, string>> {
  const roots = new Map<number, string>();
  let range = CompactRange.empty;
  await walkRows(db, { upTo }, new Turns(), ({ hash }) => {
    range = range.with(hash);
    if (sizes.has(range.size)) roots.set(range.size, range.root().toString('hex'));
    return null;
  });
  return roots;
}

/** At start: everything that the places hold against the trail as it stands, before any of it is overwritten. */
export async function contradictionsIn(
  db: SqlDatabase,
  origin: string,
  held: readonly HeldAnchors[],
): Promise<readonly Contradiction[]> {
  const size = readHead(db)?.size ?? 0;
  const found = held.flatMap(({ place, anchors }) => anchors.map((anchor) => ({ place, anchor })));
  const sizes = new Set(found.map(({ anchor }) => anchor.size).filter((anchored) => anchored <= size));
  const roots = await rootsAt(db, sizes, Math.max(0, ...sizes));
  return found.flatMap(({ place, anchor }) => {
    const isOther = roots.get(anchor.size) !== anchor.root;
    const detail = sizeContradiction(anchor, origin, size) ?? (isOther ? rootContradiction(anchor) : null);
    return detail === null ? [] : [{ place, anchor, detail }];
  });
}

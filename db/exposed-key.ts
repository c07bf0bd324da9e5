import { contradictionsIn } from './anchor-check.ts';
import { within } from './anchor-keeper.ts';
import type { AnchorPlace, AnchorsRead } from './anchor-places.ts';
import type { KeyFiles, KeyStore } from './keys.ts';
import { readKeyChain } from './log-readers.ts';
import { rootsIn } from './own-segments.ts';
import type { SqlDatabase } from './sql.ts';
import { orIfUnreadable } from './sql-errors.ts';

const NOTHING: AnchorsRead = { anchors: [], unreadable: 0 };
const REFUSED = 'it lay where any program could have put it, and this record is kept under the key store';

/** Counts as lost: the record then goes on in a new segment, and says so. */
function refused(files: KeyFiles): KeyStore {
  files.setAside();
  return { isSealed: files.isSealed, problem: REFUSED, load: () => null, save: (keys) => files.save(keys) };
}

/**
 * A key that lies open is taken over in silence only by a record that never was under the key store. Where it was, by its rows or by an anchor that
 * the key store opens, such a key counts only for a segment which the anchor of this computer says that this station began.
 */
export async function withoutForeignKey(db: SqlDatabase, files: KeyFiles, own: AnchorPlace): Promise<KeyStore> {
  const isThere = files.load() !== null;
  const chain = orIfUnreadable(() => readKeyChain(db), null);
  if (!isThere || !files.isExposed || chain === null || !(chain.wasSealed || files.isSealed)) return files;
  // An anchor that cannot be read in time says nothing.
  const held = [{ place: own, ...(await within(own.read()).catch(() => NOTHING)) }];
  const isAnchored = held.some(({ anchors }) => anchors.length > 0);
  if (!chain.wasSealed && !isAnchored) return files;
  const roots = rootsIn(chain.segments, held, await contradictionsIn(db, chain.origin, held));
  return isAnchored && roots.has(chain.rootFingerprint) ? files : refused(files);
}

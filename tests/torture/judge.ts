import { reopen } from './reopen.ts';

/** A row of which the station was told that it is durable. */
export interface Acknowledged {
  readonly seq: number;
  /** Empty where it was not told. */
  readonly hash: string;
}

/** What follows from a key that is gone. The record goes on all the same: in a row that names the head before it. */
export const KEY_LOST = 'the signing key is lost';
export const ANCHOR_TORN = 'an anchor is torn';

/**
 * Every acknowledged row is there, everything verifies, anchors too, and a row can be added; otherwise what is wrong. An
 * anchor ahead of the record would be a false alarm about a rollback.
 */
export async function failureOf(
  folder: string,
  last: Acknowledged,
  isSealed: boolean,
): Promise<{ readonly lost: number; readonly why: string } | null> {
  try {
    const { rows, damage, anchors, hash, segment } = await reopen(folder, last.seq, isSealed);
    if (damage !== null) return { lost: Math.max(0, last.seq - rows), why: `damaged: ${damage.detail}` };
    if (rows < last.seq) return { lost: last.seq - rows, why: `rows ${rows + 1} to ${last.seq} are lost` };
    if (segment > 1) return { lost: 0, why: KEY_LOST };
    if (anchors.some(({ unreadable }) => unreadable > 0)) return { lost: 0, why: ANCHOR_TORN };
    const isOther = last.hash !== '' && hash !== last.hash;
    return isOther ? { lost: 1, why: `row ${last.seq} is another than the acknowledged one` } : null;
  } catch (error) {
    return { lost: 0, why: `does not go on: ${error instanceof Error ? error.message : String(error)}` };
  }
}

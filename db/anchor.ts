import { z } from 'zod';
import { readCheckpoint } from './checkpoint.ts';
import { base32 } from './fingerprint.ts';

/** What stands outside the database about the trail: it had `size` rows with this root, and the station signed so. */
export interface Anchor {
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** C2SP checkpoint that says the same, signed by the key of that time. */
  readonly note: string;
  /** Root fingerprints of the segments that this station began. Absent on other media, and in anchors of older versions. */
  readonly roots?: readonly string[];
}

const anchorSchema = z.object({
  origin: z.string(),
  size: z.int().positive(),
  root: z.string().regex(/^[0-9a-f]{64}$/),
  note: z.string(),
  roots: z.array(z.string()).optional(),
});

/** The anchor that a checkpoint makes; null where the note is not one. */
export function anchorOf(note: string): Anchor | null {
  const checkpoint = readCheckpoint(note);
  if (checkpoint === null) return null;
  const { origin, size, root } = checkpoint;
  return { origin, size, root: root.toString('hex'), note };
}

/** One line without its end; without roots, which no signature vouches for. */
export function anchorText({ origin, size, root, note }: Anchor): string {
  return JSON.stringify({ v: 1, origin, size, root, note });
}

/** For a place that keeps others away. */
export function rootedAnchorText({ origin, size, root, note, roots = [] }: Anchor): string {
  return JSON.stringify({ v: 1, origin, size, root, note, roots });
}

/** Null for what is no anchor, and for one whose members say something else than its note: such a line proves nothing. */
export function readAnchor(text: string): Anchor | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The last line after a power cut, or not ours; the caller counts it.
    return null;
  }
  const { data } = anchorSchema.safeParse(value);
  const signed = data === undefined ? null : anchorOf(data.note);
  if (data === undefined || signed === null) return null;
  const isSame = signed.origin === data.origin && signed.size === data.size && signed.root === data.root;
  return isSame ? { ...signed, ...(data.roots && { roots: data.roots }) } : null;
}

/** Letters of a root that are printed beside its size: 80 bits. */
const ROOT_LETTERS = 16;

/**
 * What a person compares by eye: number of rows and the first 16 base32 letters of the Merkle root, e.g.
 * `1234 ABCD-EFGH-IJKL-MNOP`. Every report and export prints it.
 */
export function checkpointFingerprint({ size, root }: Pick<Anchor, 'size' | 'root'>): string {
  return `${size} ${base32(Buffer.from(root, 'hex'), ROOT_LETTERS)}`;
}

/** The checkpoint of an export with its printed form. */
export interface PrintedCheckpoint extends Anchor {
  /** See `checkpointFingerprint`. */
  readonly fingerprint: string;
}

/** For whoever writes or prints an export: everything that must stand in it about the trail. Null where the note is none. */
export function printedCheckpoint(note: string): PrintedCheckpoint | null {
  const anchor = anchorOf(note);
  return anchor === null ? null : { ...anchor, fingerprint: checkpointFingerprint(anchor) };
}

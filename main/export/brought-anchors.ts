import { readFile } from 'node:fs/promises';
import { type Anchor, anchorOf, readAnchor } from '../../db/anchor.ts';
import type { NamedAnchors } from '../../db/anchors.ts';
import { AppError } from '../../drivers/kit/app-error.ts';

/** Every checkpoint in the file. Rejects where there is none: nothing would have been compared. */
export async function broughtFrom(path: string): Promise<NamedAnchors> {
  const text = await readFile(path, 'utf8');
  const note = anchorOf(text);
  const read = text.split('\n').flatMap((line) => (line === '' ? [] : [readAnchor(line)]));
  const anchors: readonly Anchor[] = note === null ? read.filter((anchor) => anchor !== null) : [note];
  if (anchors.length === 0) throw new AppError('RECORD_FAILED', `There is no checkpoint and no anchor in ${path}.`);
  return { place: { name: path }, anchors, unreadable: note === null ? read.length - anchors.length : 0 };
}

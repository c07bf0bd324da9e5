import { readFile } from 'node:fs/promises';
import { anchorOf, readAnchor } from '../../db/anchor.ts';
import type { NamedAnchors } from '../../db/anchors.ts';
import { AppError } from '../../drivers/kit/app-error.ts';

/** A signed note by itself, or with words before and after it, as on an anchor sheet. */
const NOTE = /^\S+\n\d+\n[A-Za-z0-9+/]{43}=\n\n(?:\u2014 .*\n?)*/gmu;

/** Every checkpoint in the file. Rejects where there is none: nothing would have been compared. */
export async function broughtFrom(path: string): Promise<NamedAnchors> {
  // A mail program or an editor may have given it other line ends.
  const text = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
  const notes = [...text.matchAll(NOTE)].map(([note]) => anchorOf(note)).filter((anchor) => anchor !== null);
  const read = text.split('\n').flatMap((line) => (line === '' ? [] : [readAnchor(line)]));
  const anchors = notes.length > 0 ? notes : read.filter((anchor) => anchor !== null);
  if (anchors.length === 0) throw new AppError('RECORD_FAILED', `There is no checkpoint and no anchor in ${path}.`);
  return { place: { name: path }, anchors, unreadable: notes.length > 0 ? 0 : read.length - anchors.length };
}

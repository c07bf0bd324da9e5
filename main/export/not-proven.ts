import type { SessionVerdict } from '../../db/verify-session.ts';
import type { Papers } from './roots.ts';

/** A collection answers it itself. */
const OTHERS = 'Anything of the other sessions of this export';

const PAGES = 'That the pages of';
const END = 'That no event is missing';
const FILES = 'That nobody changed';
const ANYTHING = 'Anything of the events';

function olderVersion(isClosed: boolean, lateRows: number): string {
  const since = isClosed ? `after the closing of the session (${lateRows} events are here)` : 'at its end';
  return `${END} ${since}: the export is of a version that did not state its extent.`;
}

/** Files of an export that the evidence does not speak of. */
interface OtherFiles {
  /** Path; null where it is not there. */
  readonly report: string | null;
  readonly unsigned: readonly string[];
}

/** What the check of one session cannot tell. */
export function notProvenOf(
  { currentKeyFrom, begun, summary: { isClosed, lateRows, lastSeq, redacted } }: SessionVerdict,
  papers: Papers,
  { report, unsigned }: OtherFiles,
): string[] {
  return [
    ...(papers.length === 0
      ? ['That the root key is the one of your station: compare its fingerprint with the one on paper (--root).']
      : []),
    ...(redacted === 0
      ? []
      : ['That the redacted events belong to this session, and that the patient is the right one.']),
    ...(isClosed ? [] : ['How the session went on: it was not closed when it was exported.']),
    ...(begun === null ? [olderVersion(isClosed, lateRows)] : []),
    ...(begun !== null && begun.sessions.length > 1
      ? [`${OTHERS} (${begun.sessions.length} in all): check the whole.`]
      : []),
    ...(report !== null
      ? [`${PAGES} ${report} say what the events say: they are for people, what is attached is the evidence.`]
      : []),
    `${FILES} ${unsigned.join(', ')} or the notice in data/session.json: they are not signed, and manifests can be made to fit.`,
    'That the clock of the station was right, and that the devices told the truth.',
    ...(currentKeyFrom === null || lastSeq < currentKeyFrom
      ? []
      : [
          `That the holder of the newest signing key did not rewrite rows from ${currentKeyFrom} on before this export.`,
        ]),
    'That no rows were cut off behind the last checkpoint kept elsewhere, and that no old copy of the disk was put back.',
  ];
}

/** Whoever reads it has files, and no evidence. @param isDeidentified as the files say of themselves */
export function withoutProof(isDeidentified: boolean): string {
  const why = isDeidentified
    ? 'this export says that it is without identifiers, and so without proofs'
    : 'there are no proofs and no checkpoint';
  return `${ANYTHING}: ${why}. Whoever wrote the files could write the manifests too.`;
}

export const SAYS_DAMAGED =
  'Anything of the figures: this export says of itself that the evidence of its session is damaged. Read damage.txt.';

export function isOfOthers(sentence: string): boolean {
  return sentence.startsWith(OTHERS);
}

/** Whether it is proven after all, where the record vouches for every file of the export. */
export function isOfFiles(sentence: string): boolean {
  return [PAGES, FILES, ANYTHING].some((beginning) => sentence.startsWith(beginning));
}

/** Whether it is proven after all, where the record has no row of the sessions that the export lacks. */
export function isOfEnd(sentence: string): boolean {
  return sentence.startsWith(END);
}

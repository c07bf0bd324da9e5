import { isSameFingerprint } from '../../db/fingerprint.ts';
import type { SessionVerdict } from '../../db/verify-session.ts';

type Roots = Pick<SessionVerdict, 'rootFingerprint' | 'segments'>;

/** Fingerprints of root keys that the checker has on paper; none where they have not. */
export type Papers = readonly string[];

function isOn(papers: Papers, root: string): boolean {
  return papers.some((paper) => isSameFingerprint(paper, root));
}

/** Whether one of the root keys is on one of the papers, where there are any. */
export function rootDamage({ rootFingerprint, segments }: Roots, papers: Papers): string[] {
  if (papers.length === 0 || rootFingerprint === null) return [];
  const roots = [rootFingerprint, ...segments.map((segment) => segment.rootFingerprint)];
  if (roots.some((root) => isOn(papers, root))) return [];
  return [`The root key is ${rootFingerprint}, not ${papers.join(' or ')}: this is not the record of that station.`];
}

/**
 * Whether the newest signature leads back to a paper, where there are any. Anybody who has the disk can begin a segment
 * of their own over the genuine rows, so an older paper says nothing of it.
 */
export function isRootGiven({ segments }: Roots, papers: Papers): boolean {
  const newest = segments.at(-1);
  return papers.length === 0 || newest === undefined || isOn(papers, newest.rootFingerprint);
}

/** A trail whose key was lost has two roots or more: each part is only as good as the paper for its own. */
export function segmentsNotProven({ segments }: Roots, papers: Papers): string[] {
  return segments.slice(1).flatMap(({ seq, rootFingerprint }, index) => {
    const old = segments[index]?.rootFingerprint ?? '';
    const lost = `The signing key was lost after row ${seq - 1}`;
    if (papers.length === 0) {
      const both = `Rows from ${seq} on lead back to the new root key ${rootFingerprint}, earlier ones to ${old}`;
      return [`${lost}. ${both}: compare both with the paper.`];
    }
    const isNewest = index + 2 === segments.length;
    return [
      ...(isOn(papers, old)
        ? []
        : [`${lost}. For earlier rows the old root key ${old} vouches: compare it with the older paper too.`]),
      ...(isNewest && !isOn(papers, rootFingerprint)
        ? [
            `Anything from row ${seq} on: that row begins with the root key ${rootFingerprint}, which is none of those given. ` +
              'Whoever has the disk can begin so with a key of their own, and that key made the newest signature.',
          ]
        : []),
    ];
  });
}

import { isSameFingerprint } from '../../db/fingerprint.ts';
import type { SessionVerdict } from '../../db/verify-session.ts';

type Roots = Pick<SessionVerdict, 'rootFingerprint' | 'segments'>;

/** Whether one of the root keys is the enrolled one, where that is known. */
export function rootDamage({ rootFingerprint, segments }: Roots, enrolled: string | undefined): string[] {
  if (enrolled === undefined || rootFingerprint === null || isSameFingerprint(rootFingerprint, enrolled)) return [];
  if (segments.some((segment) => isSameFingerprint(segment.rootFingerprint, enrolled))) return [];
  return [`The root key is ${rootFingerprint}, not ${enrolled}: this is not the record of that station.`];
}

/** A trail whose key was lost once has two roots: each part is only as good as the paper for its own. */
export function segmentsNotProven({ segments }: Roots, enrolled: string | undefined): string[] {
  return segments.slice(1).flatMap(({ seq, rootFingerprint }, index) => {
    const old = segments[index]?.rootFingerprint ?? '';
    const lost = `The signing key was lost after row ${seq - 1}. Rows from ${seq} on lead back to the new root key ${rootFingerprint}`;
    if (enrolled === undefined) return [`${lost}, earlier ones to ${old}: compare both with the paper.`];
    if (isSameFingerprint(rootFingerprint, enrolled)) {
      return [`${lost}. For earlier rows the old root key ${old} vouches: compare it with the older paper too.`];
    }
    return [
      `${lost}, which is not the one you gave: that key made the newest signature, so nothing here is proven until it was enrolled.`,
    ];
  });
}

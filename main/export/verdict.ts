import type { FolderReport } from './verify-folder.ts';

type Judged = Pick<FolderReport, 'damage' | 'hasEvidence' | 'isRootGiven' | 'redacted'>;

/** What both verifiers say in one line. Without evidence nothing was wrong, and nothing was proven: that is not in order. */
export function verdictOf({ damage, hasEvidence, isRootGiven, redacted }: Judged): string {
  if (damage.length > 0) return 'DAMAGED';
  if (!hasEvidence || !isRootGiven) return 'NO EVIDENCE';
  return redacted === 0 ? 'IN ORDER' : `${redacted} REDACTED, the rest in order`;
}

/** 0 proven, 1 damaged, 2 nothing could be proven, 3 proven except for what redacted rows said. */
export function exitCodeOf({ damage, hasEvidence, isRootGiven, redacted }: Judged): 0 | 1 | 2 | 3 {
  if (damage.length > 0) return 1;
  if (!hasEvidence || !isRootGiven) return 2;
  return redacted === 0 ? 0 : 3;
}

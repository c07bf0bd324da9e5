import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkpointFingerprint } from '../../db/anchor.ts';
import type { NamedAnchors } from '../../db/anchors.ts';
import type { ExportClaim, ExportFinding } from '../../db/export-check.ts';
import { lookAtRecord, type RecordLook } from '../../db/look.ts';
import { broughtFrom } from './brought-anchors.ts';
import { isRootGiven, type Papers, rootDamage, segmentsNotProven } from './roots.ts';
import type { FolderReport } from './verify-folder.ts';

/** The database that a path means: a station's data folder, or a copy of the record; null for anything else. */
export function recordFileOf(path: string): string | null {
  if (path.endsWith('.db')) return path;
  const inside = join(path, 'record.db');
  return existsSync(inside) ? inside : null;
}

export interface DataOptions {
  /** Fingerprints of the enrolled root keys. */
  readonly papers: Papers;
  /** A file with an older checkpoint: `checkpoint.txt` of an export, an anchor sheet, or lines of an anchor medium. */
  readonly since: string | undefined;
  /** An export to be held to it. @default none */
  readonly against?: AgainstRecord;
  readonly onProgress: (rowsDone: number, rowsTotal: number) => void;
}

function findingsOf({ verification }: RecordLook, root: string): string[] {
  const { rows, anchors } = verification;
  return [
    `${rows} rows are unchanged, in order and signed, with the trends, engine events and persons that they vouch for.`,
    `The newest checkpoint is ${checkpointFingerprint({ size: rows, root: verification.root })}.`,
    ...anchors
      .filter(({ size }) => size > 0)
      .map(({ place, size }) => `The first ${size} rows are those that were anchored (${place}).`),
    `All signatures lead back to the root key ${root}.`,
  ];
}

function notProvenOf({ verification: { anchors, unanchoredRows }, isSnapshot }: RecordLook, papers: Papers): string[] {
  return [
    ...(isSnapshot ? ['What the station has written since this check began: it runs, and a copy was checked.'] : []),
    ...(papers.length === 0
      ? ['That the root key is the one of your station: compare its fingerprint with the one on paper (--root).']
      : []),
    ...anchors
      .filter(({ unreadable }) => unreadable > 0)
      .map(({ place, unreadable }) => `What ${unreadable} anchors say that cannot be read here (${place}).`),
    ...(unanchoredRows === 0
      ? []
      : [
          `That the newest ${unanchoredRows} rows are genuine: whoever holds the newest key could have rewritten them.`,
        ]),
    'That no rows were cut off behind the newest anchor that was compared, and that no old copy of the disk was put back.',
    'That the clock of the station was right, and that the devices told the truth.',
  ];
}

/** What is known of the record from an export of it. */
export interface AgainstRecord {
  readonly claim: ExportClaim;
  /** Its checkpoints: the record must begin with them. */
  readonly anchors: readonly NamedAnchors[];
}

export interface DataReport extends FolderReport {
  /** Null where no export was held to it. */
  readonly exported: ExportFinding | null;
}

/** Checks a whole record where it lies. Rejects with RECORD_* where it cannot be read. */
export async function verifyData(
  database: string,
  { papers, since, against, onProgress }: DataOptions,
): Promise<DataReport> {
  const brought = [...(since === undefined ? [] : [await broughtFrom(since)]), ...(against?.anchors ?? [])];
  const anchorFolder = join(dirname(database), 'anchor');
  const settings = { look: database, anchorFolder, brought, claim: against?.claim ?? null };
  const found = await lookAtRecord(settings, onProgress);
  const { verification, segments } = found;
  const rootFingerprint = segments.at(-1)?.rootFingerprint ?? null;
  const roots = { rootFingerprint, segments };
  const first = verification.damage;
  const damage = [
    ...(first === null ? [] : [`First damage at row ${first.seq} (${first.what}): ${first.detail}.`]),
    ...rootDamage(roots, papers),
  ];
  const isGiven = isRootGiven(roots, papers);
  return {
    damage,
    findings: damage.length === 0 && isGiven ? findingsOf(found, rootFingerprint ?? '') : [],
    notProven: [...segmentsNotProven(roots, papers), ...notProvenOf(found, papers)],
    rootFingerprint,
    rows: verification.rows,
    redacted: 0,
    hasEvidence: true,
    isRootGiven: isGiven,
    exported: found.exported,
  };
}

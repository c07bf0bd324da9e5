import type { ExportFinding, ToldEnd } from '../../db/export-check.ts';
import { againstRecord } from './export-claim.ts';
import { readExport } from './read-export.ts';
import { type DataOptions, verifyData } from './verify-data.ts';
import { isOfEnd, isOfFiles } from './not-proven.ts';
import { type FolderReport, verifyFiles } from './verify-folder.ts';
import { isCollection } from './write/collection.ts';

interface Told {
  readonly damage: readonly string[];
  readonly findings: readonly string[];
  readonly notProven: readonly string[];
}

const NOTHING: Told = { damage: [], findings: [], notProven: [] };

/** What an export is called whose end the record tells of. */
interface Shape {
  readonly manifest: string;
  readonly isCollection: boolean;
  readonly redacted: number;
}

function toldOf(told: ToldEnd | null, { manifest, isCollection, redacted }: Shape): Told {
  if (told === null) {
    return { ...NOTHING, notProven: ['That the station completed this export: the record has no row that says so.'] };
  }
  const { seq, act, reason } = told;
  if (told.manifest === manifest) {
    const sentence = `The station wrote exactly these files: row ${seq} of the record holds the hash of their manifest.`;
    return { ...NOTHING, findings: [sentence] };
  }
  if (told.manifest === null) {
    const why = `row ${seq} of the record says that this export was not completed (${reason ?? 'no reason'})`;
    return { ...NOTHING, damage: [`The export was not handed out by the station: ${why}.`] };
  }
  if (!isCollection && act === 'export.collection') {
    const why = `row ${seq} of the record holds the hash of a whole collection: check that`;
    return { ...NOTHING, notProven: [`That the other files are as the station wrote them: ${why}.`] };
  }
  if (redacted > 0) {
    const why = `it has another manifest than row ${seq} of the record holds, as every redacted copy`;
    return { ...NOTHING, notProven: [`That the other files of this copy are as the station wrote them: ${why}.`] };
  }
  const what = 'files were changed, added or taken away since, and the manifests made to fit';
  return {
    ...NOTHING,
    damage: [`Row ${seq} of the record holds the hash of another manifest for this export: ${what}.`],
  };
}

function comparisonOf({ first, unreadFrom }: ExportFinding, rows: number): Told {
  const notProven =
    unreadFrom === null
      ? []
      : [`That the rows from ${unreadFrom} on are those of the record: they cannot be read there.`];
  if (first !== null)
    return { ...NOTHING, notProven, damage: [`First difference at row ${first.seq}: ${first.detail}.`] };
  const findings =
    rows === 0 || unreadFrom !== null
      ? []
      : [
          `All ${rows} events and the keys are those of the record, to the byte, and no event of a session was left out.`,
        ];
  return { ...NOTHING, notProven, findings };
}

/**
 * Checks an export by itself, the record where it lies, and each by the other. Rejects with RECORD_* where the record cannot be
 * read.
 */
export async function verifyAgainst(path: string, record: string, options: DataOptions): Promise<FolderReport> {
  const files = await readExport(path);
  const own = verifyFiles(files, options.papers);
  const against = againstRecord(files);
  const data = await verifyData(record, { ...options, against });
  const shape = { manifest: against.claim.manifest, isCollection: isCollection(files), redacted: own.redacted };
  const told = data.exported === null ? NOTHING : toldOf(data.exported.told, shape);
  const compared = data.exported === null ? NOTHING : comparisonOf(data.exported, own.rows);
  const damage = [
    ...compared.damage,
    ...told.damage,
    ...own.damage.map((sentence) => `The export: ${sentence}`),
    ...data.damage.map((sentence) => `The record: ${sentence}`),
  ];
  const isRootGiven = own.isRootGiven && data.isRootGiven;
  const isVouched = isRootGiven && data.damage.length === 0;
  const isWritten = told.findings.length > 0 && isVouched;
  const isComplete = compared.findings.length > 0 && isVouched;
  const isProven = (sentence: string): boolean =>
    (isWritten && isOfFiles(sentence)) || (isComplete && isOfEnd(sentence));
  return {
    damage,
    findings:
      damage.length > 0 || !isRootGiven
        ? []
        : [
            ...compared.findings,
            ...told.findings,
            ...own.findings.map((sentence) => `The export: ${sentence}`),
            ...data.findings.map((sentence) => `The record: ${sentence}`),
          ],
    notProven: [
      ...new Set([
        ...told.notProven,
        ...compared.notProven,
        ...own.notProven.filter((sentence) => !isProven(sentence)),
        ...data.notProven,
      ]),
    ],
    rootFingerprint: data.rootFingerprint,
    rows: own.rows,
    redacted: own.redacted,
    // An export without identifiers proves nothing by itself; the record vouches for its files.
    hasEvidence: own.hasEvidence || isWritten,
    isRootGiven,
  };
}

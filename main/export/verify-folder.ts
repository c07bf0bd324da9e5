import { z } from 'zod';
import { type Begun, type SessionVerdict, verifySession } from '../../db/verify-session.ts';
import { bagDamage, type Files } from './bag.ts';
import { alarmLoadJson } from './alarm-load.ts';
import { eventsCsv, trendsCsv } from './csv.ts';
import { collectionTableDamage, type ProvenSession } from './collection-tables.ts';
import { courseDamage } from './course.ts';
import { drugCsv } from './drug-csv.ts';
import { DAMAGE_FILE, firstDamage } from './evidence-damage.ts';
import { exportContextSchema } from './facts/context.ts';
import { sessionFacts } from './facts/session-facts.ts';
import { fhirText } from './fhir/fhir-text.ts';
import { collectionFilesDamage, sessionFilesDamage, unsignedIn } from './known-files.ts';
import { attachmentsOf } from './report/attachments.ts';
import { isOfOthers, notProvenOf, SAYS_DAMAGED, withoutProof } from './not-proven.ts';
import { readExport } from './read-export.ts';
import { type Payload, readPayload } from './read-payload.ts';
import { bagsIn, EVENTS, INDEX, isCollection } from './write/collection.ts';
import { isRootGiven, type Papers, rootDamage, segmentsNotProven } from './roots.ts';
import { DEIDENTIFIED } from './write/session-bag.ts';

export interface FolderReport {
  /** Sentences, the first damage of the trail first; empty where everything fits. */
  readonly damage: readonly string[];
  /** What was found to be in order. */
  readonly findings: readonly string[];
  /** What this check cannot tell. */
  readonly notProven: readonly string[];
  /** Null where no root key could be read. */
  readonly rootFingerprint: string | null;
  readonly rows: number;
  /** Rows whose text was taken out of this copy: with any, it is not simply in order. */
  readonly redacted: number;
  /** False where the files that prove anything are not there, e.g. because they name persons: then nothing is proven. */
  readonly hasEvidence: boolean;
  /** False where papers were given, and the newest signature leads back to none of them: then nothing is proven. */
  readonly isRootGiven: boolean;
}

/** What a collection needs to know of each of its sessions. */
interface BagReport extends FolderReport {
  /** Null where nothing in it can be read, or nothing is proven. */
  readonly payload: Payload | null;
  readonly begun: Begun | null;
}

/** The tables must say what the evidence says: most readers will look at nothing else. */
function tableDamage(files: Files, payload: Payload): string[] {
  const { bodies, trends } = payload;
  const tables = [
    { path: 'data/events.csv', expected: () => eventsCsv(bodies) },
    { path: 'data/trends.csv', expected: () => trendsCsv(trends) },
    { path: 'data/drug.csv', expected: () => drugCsv(bodies) },
    { path: 'data/alarm-load.json', expected: () => alarmLoadJson(bodies) },
    ...(files.has(FHIR) && !isRedacted(payload) ? [{ path: FHIR, expected: () => fhirFrom(files, payload) }] : []),
  ];
  return tables
    .filter(({ path, expected }) => files.get(path)?.equals(Buffer.from(expected())) !== true)
    .map(({ path }) => `${path} does not say what the signed events say.`);
}

function isRedacted({ evidence, bodies }: Payload): boolean {
  return bodies.length < evidence.rows.length;
}

/** Both were made with the text that was taken out, and nobody can make the report again. */
function unredactedDamage(files: Files, payload: Payload): string[] {
  const why = 'was made before the events were redacted and still tells what was taken out';
  return [REPORT, FHIR]
    .filter((path) => files.has(path) && isRedacted(payload))
    .map((path) => `${path} ${why}: a redacted copy must be without it.`);
}

/** What lies in the report must be the evidence itself: who has the report alone checks that. */
function reportDamage(files: Files, payload: Payload): string[] {
  const report = files.get(REPORT);
  if (report === undefined || isRedacted(payload)) return [];
  const attached = attachmentsOf(report);
  const evidence = ['data/events.jsonl', 'data/checkpoint.txt'].map((path) => files.get(path) ?? Buffer.alloc(0));
  const isSame = evidence.every((file) => attached.some((one) => one.equals(file)));
  return isSame && attached.length === evidence.length
    ? []
    : [`What is attached to ${REPORT} is not the signed events and their checkpoint.`];
}

const FHIR = 'data/fhir.json';
const REPORT = 'data/report.pdf';

/** The bundle again, from the events and the context it was made with. */
function fhirFrom(files: Files, payload: Payload): string {
  const context = exportContextSchema.safeParse(JSON.parse(files.get('data/context.json')?.toString('utf8') ?? 'null'));
  if (!context.success) throw new TypeError('data/context.json does not have the form of an export.');
  return fhirText(sessionFacts(payload, context.data), payload.evidence.checkpoint);
}

const patientOf = z.object({ patient: z.string().nullable() });

function patientDamage({ bodies, evidence }: Payload): string[] {
  const isOther = bodies.some((body) => {
    const { patient } = patientOf.parse(JSON.parse(body));
    return patient !== null && patient !== evidence.session.patientId;
  });
  return isOther ? ['Some events name another patient than the one the session was opened for.'] : [];
}

function findingsOf({ summary, rootFingerprint, begun }: SessionVerdict, { trends, engineChunks }: Payload): string[] {
  const { rows, firstSeq, lastSeq, isClosed, redacted, clockWentBackAt } = summary;
  return [
    'Every file has the hash that stands in its manifest, and there is no other file.',
    `${rows} events (rows ${firstSeq} to ${lastSeq}) are unchanged, in order, and in the signed trail.`,
    ...(redacted === 0
      ? []
      : [`${redacted} of them are redacted: that they were written is proven, what they said is not.`]),
    ...(isClosed && redacted === 0 ? ['No event is missing between the opening and the closing of the session.'] : []),
    ...(begun === null ? [] : [`They are all that the session had when row ${begun.seq} began this export.`]),
    ...(redacted === 0
      ? ['The patient and the clinician are those the session was opened with, its times and state those of its rows.']
      : []),
    `${trends.length} minutes of trend values are the recorded ones.`,
    `${engineChunks.length} chunks of engine events are the recorded ones (npm run replay goes through them again).`,
    `All signatures lead back to the root key ${rootFingerprint ?? ''}.`,
    ...(clockWentBackAt === null ? [] : [`Note: the wall clock of the station went back at row ${clockWentBackAt}.`]),
  ];
}

function unreadable(damage: readonly string[]): BagReport {
  return {
    damage,
    findings: [],
    notProven: [],
    rootFingerprint: null,
    rows: 0,
    redacted: 0,
    hasEvidence: true,
    isRootGiven: true,
    payload: null,
    begun: null,
  };
}

function statementDamage(files: Files, payload: Payload): string[] {
  return [
    ...tableDamage(files, payload),
    ...patientDamage(payload),
    ...reportDamage(files, payload),
    ...unredactedDamage(files, payload),
  ];
}

function judge(files: Files, payload: Payload, papers: Papers): BagReport {
  const verdict = verifySession(payload.evidence);
  const first = firstDamage({ damage: verdict.damage ?? courseDamage(payload) });
  const damage = [
    ...(first === null ? [] : [first]),
    ...rootDamage(verdict, papers),
    ...sessionFilesDamage(files),
    // A damaged trail makes no statement that a table could contradict.
    ...(first === null ? statementDamage(files, payload) : []),
  ];
  const isGiven = isRootGiven(verdict, papers);
  return {
    damage,
    findings: damage.length === 0 && isGiven ? findingsOf(verdict, payload) : [],
    notProven: [
      ...segmentsNotProven(verdict, papers),
      ...notProvenOf(verdict, papers, { report: files.has(REPORT) ? REPORT : null, unsigned: unsignedIn(files) }),
    ],
    rootFingerprint: verdict.rootFingerprint,
    rows: verdict.summary.rows,
    redacted: verdict.summary.redacted,
    hasEvidence: true,
    isRootGiven: isGiven,
    payload,
    begun: verdict.begun,
  };
}

/**
 * Checks an export with nothing but its folder or zip and, if given, the fingerprints of the enrolled root keys.
 * Rejects only where it cannot be read.
 */
export async function verifyFolder(path: string, ...papers: Papers): Promise<FolderReport> {
  return verifyFiles(await readExport(path), papers);
}

/** The same of files that were read already. */
export function verifyFiles(files: Files, papers: Papers = []): FolderReport {
  return isCollection(files) ? judgeCollection(files, papers) : judgeBag(files, papers);
}

function judgeBag(files: Files, papers: Papers): BagReport {
  if (!PROVING.some((path) => files.has(path))) return withoutEvidence(files);
  try {
    return judge(files, readPayload(files), papers);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return unreadable([error.message, ...bagDamage(files)]);
  }
}

/** Without either of these nothing can be proven. */
const PROVING = ['data/proofs.jsonl', 'data/checkpoint.txt'];

/** Left out on purpose, or taken away together with their lines in the manifests: the files alone cannot tell. */
function withoutEvidence(files: Files): BagReport {
  return {
    damage: bagDamage(files),
    findings: [],
    notProven: [withoutProof(files.has(DEIDENTIFIED)), ...(files.has(DAMAGE_FILE) ? [SAYS_DAMAGED] : [])],
    rootFingerprint: null,
    rows: 0,
    redacted: 0,
    hasEvidence: false,
    isRootGiven: true,
    payload: null,
    begun: null,
  };
}

/** The sessions must be exactly those with which the export began, each once. */
function sessionsDamage(reports: readonly BagReport[]): string[] {
  const proven = reports.filter(({ hasEvidence, damage }) => hasEvidence && damage.length === 0);
  const begun = proven.find((report) => report.begun !== null)?.begun;
  if (begun === undefined || begun === null) return [];
  if (proven.some((report) => report.begun?.hash !== begun.hash))
    return ['These are sessions of more than one export.'];
  const here = reports.map(({ payload }) => payload?.session.id ?? null);
  const missing = begun.sessions.filter((id) => !here.includes(id));
  return [
    ...missing.map((id) => `The session ${id} is missing, with which this export began (row ${begun.seq}).`),
    ...(new Set(here).size < here.length ? ['A session is here more than once.'] : []),
  ];
}

interface Bag {
  readonly folder: string;
  readonly files: Files;
  readonly report: BagReport;
}

/** In the order in which the export began with them; an export of an earlier version in the order of opening. */
function provenIn(bags: readonly Bag[]): ProvenSession[] {
  const listed = bags[0]?.report.begun?.sessions;
  return bags
    .flatMap(({ folder, files, report: { payload } }) => (payload === null ? [] : [{ folder, files, payload }]))
    .toSorted((one, other) =>
      listed === undefined
        ? one.payload.session.openedAt.localeCompare(other.payload.session.openedAt)
        : listed.indexOf(one.payload.session.id) - listed.indexOf(other.payload.session.id),
    );
}

function judgeCollection(files: Files, papers: Papers): FolderReport {
  const bags = [...bagsIn(files)].map(([folder, bag]) => ({
    folder,
    files: bag,
    report: judgeBag(bag, papers),
  }));
  const reports = bags.map(({ folder, report }): [string, BagReport] => [folder, report]);
  const told = (pick: 'damage' | 'findings'): string[] =>
    reports.flatMap(([name, report]) => report[pick].map((sentence) => `${name}: ${sentence}`));
  const own = reports.map(([, report]) => report);
  const found = [...collectionFilesDamage(files), ...told('damage'), ...sessionsDamage(own)];
  const hasTables = own.length > 0 && own.every(({ hasEvidence, redacted }) => hasEvidence && redacted === 0);
  const damage = found.length > 0 || !hasTables ? found : collectionTableDamage(files, provenIn(bags));
  const isListed = own.some(({ begun }) => begun !== null);
  return {
    damage,
    findings: damage.length === 0 ? told('findings') : [],
    notProven: [
      ...new Set(reports.flatMap(([, { notProven }]) => notProven.filter((sentence) => !isOfOthers(sentence)))),
      ...(hasTables ? [] : [`That ${INDEX} and ${EVENTS} of all sessions say what the signed events say.`]),
      isListed
        ? 'That no other session of the station belongs here: the list is of those the export was asked for.'
        : 'That every session of the export is here: it is of a version that stated no list.',
    ],
    rootFingerprint: reports[0]?.[1].rootFingerprint ?? null,
    rows: reports.reduce((sum, [, { rows }]) => sum + rows, 0),
    redacted: reports.reduce((sum, [, { redacted }]) => sum + redacted, 0),
    hasEvidence: reports.length > 0 && reports.every(([, { hasEvidence }]) => hasEvidence),
    isRootGiven: own.every((report) => report.isRootGiven),
  };
}

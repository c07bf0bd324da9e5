import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { isSameFingerprint } from '../../db/fingerprint.ts';
import { type SessionVerdict, verifySession } from '../../db/verify-session.ts';
import { bagDamage, type Files } from './bag.ts';
import { alarmLoadJson } from './alarm-load.ts';
import { eventsCsv, trendsCsv } from './csv.ts';
import { type Payload, readPayload } from './read-payload.ts';

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
}

/** Every file of an exported folder. Rejects with the file system's error. */
export async function readFolder(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  for (const entry of entries.filter((found) => !found.isDirectory())) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(join(folder, sep).length).replaceAll(sep, '/');
    files.set(name, await readFile(path));
  }
  return files;
}

/** The tables must say what the evidence says: most readers will look at nothing else. */
function tableDamage(files: Files, { bodies, trends }: Payload): string[] {
  const tables = [
    { path: 'data/events.csv', expected: () => eventsCsv(bodies) },
    { path: 'data/trends.csv', expected: () => trendsCsv(trends) },
    { path: 'data/alarm-load.json', expected: () => alarmLoadJson(bodies) },
  ];
  return tables
    .filter(({ path, expected }) => files.get(path)?.equals(Buffer.from(expected())) !== true)
    .map(({ path }) => `${path} does not say what the signed events say.`);
}

const patientOf = z.object({ patient: z.string().nullable() });

function patientDamage({ bodies, evidence }: Payload): string[] {
  const isOther = bodies.some((body) => {
    const { patient } = patientOf.parse(JSON.parse(body));
    return patient !== null && patient !== evidence.session.patientId;
  });
  return isOther ? ['Some events name another patient than the one the session was opened for.'] : [];
}

function rootDamage({ rootFingerprint, segments }: SessionVerdict, enrolled: string | undefined): string[] {
  if (enrolled === undefined || rootFingerprint === null || isSameFingerprint(rootFingerprint, enrolled)) return [];
  if (segments.some((segment) => isSameFingerprint(segment.rootFingerprint, enrolled))) return [];
  return [`The root key is ${rootFingerprint}, not ${enrolled}: this is not the record of that station.`];
}

/** A trail whose key was lost once has two roots: each part is only as good as the paper for its own. */
function segmentsNotProven({ segments }: SessionVerdict, enrolled: string | undefined): string[] {
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

function findingsOf({ summary, rootFingerprint }: SessionVerdict, { trends, engineChunks }: Payload): string[] {
  const { rows, firstSeq, lastSeq, isClosed, redacted, clockWentBackAt } = summary;
  return [
    'Every file is as it was exported.',
    `${rows} events (rows ${firstSeq} to ${lastSeq}) are unchanged, in order, and in the signed trail.`,
    ...(redacted === 0
      ? []
      : [`${redacted} of them are redacted: that they were written is proven, what they said is not.`]),
    ...(isClosed && redacted === 0 ? ['No event is missing between the opening and the closing of the session.'] : []),
    ...(redacted === 0 ? ['The patient and the clinician are those the session was opened with.'] : []),
    `${trends.length} minutes of trend values are the recorded ones.`,
    `${engineChunks.length} chunks of engine events are the recorded ones (npm run replay goes through them again).`,
    `All signatures lead back to the root key ${rootFingerprint ?? ''}.`,
    ...(clockWentBackAt === null ? [] : [`Note: the wall clock of the station went back at row ${clockWentBackAt}.`]),
  ];
}

function notProvenOf(
  { isClosed, lateRows, redacted }: SessionVerdict['summary'],
  enrolled: string | undefined,
): string[] {
  return [
    ...(enrolled === undefined
      ? ['That the root key is the one of your station: compare its fingerprint with the one on paper (--root).']
      : []),
    ...(redacted === 0
      ? []
      : ['That the redacted events belong to this session, and that the patient is the right one.']),
    ...(isClosed ? [] : ['That no event is missing: the session was not closed when it was exported.']),
    ...(lateRows === 0 ? [] : [`That nothing is missing after the closing of the session (${lateRows} later events).`]),
    'That the clock of the station was right, and that the devices told the truth.',
    'That the holder of the newest signing key did not rewrite events before this export.',
    'That no rows were cut off behind the last checkpoint kept elsewhere, and that no old copy of the disk was put back.',
  ];
}

function unreadable(damage: readonly string[]): FolderReport {
  return { damage, findings: [], notProven: [], rootFingerprint: null, rows: 0, redacted: 0 };
}

function judge(files: Files, payload: Payload, enrolledRoot: string | undefined): FolderReport {
  const verdict = verifySession(payload.evidence);
  const first = verdict.damage;
  const damage = [
    ...(first === null ? [] : [`First damage at row ${first.seq} (${first.what}): ${first.detail}.`]),
    ...rootDamage(verdict, enrolledRoot),
    ...bagDamage(files),
    // A damaged trail makes no statement that a table could contradict.
    ...(first === null ? [...tableDamage(files, payload), ...patientDamage(payload)] : []),
  ];
  return {
    damage,
    findings: damage.length === 0 ? findingsOf(verdict, payload) : [],
    notProven: [...segmentsNotProven(verdict, enrolledRoot), ...notProvenOf(verdict.summary, enrolledRoot)],
    rootFingerprint: verdict.rootFingerprint,
    rows: verdict.summary.rows,
    redacted: verdict.summary.redacted,
  };
}

/**
 * Checks an exported session with nothing but its folder and, if given, the fingerprint of the enrolled root key.
 * Rejects only where the folder cannot be read.
 */
export async function verifyFolder(folder: string, enrolledRoot?: string): Promise<FolderReport> {
  const files = await readFolder(folder);
  try {
    return judge(files, readPayload(files), enrolledRoot);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return unreadable([error.message, ...bagDamage(files)]);
  }
}

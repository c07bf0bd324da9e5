import { rangesText } from '../../../db/lost-rows.ts';
import type { SessionBundle } from '../../../db/trail.ts';
import { bagOf, type Files } from '../bag.ts';
import { type DeidentificationKeys, deidentified } from '../deidentify/deidentify.ts';
import { drugAccountTable, eventTable, trendTable } from '../deidentify/tables.ts';
import { type DeidentifiedContent, NOTICES } from '../deidentify/variant.ts';
import type { ExportContext } from '../facts/context.ts';
import { isFactRow, type SessionFacts, sessionFacts } from '../facts/session-facts.ts';
import {
  DAMAGE_FILE,
  damageText,
  evidenceDamage,
  NOT_WHOLE,
  sessionDamage,
  unnamedDamageText,
} from '../evidence-damage.ts';
import { fhirText } from '../fhir/fhir-text.ts';
import { payloadOf } from '../payload.ts';
import { deidentifiedReadme, readmeText } from '../readme.ts';
import { verifierFile } from '../verifier.ts';
import type { Fonts } from '../report/fonts.ts';
import { renderReport } from '../report/report.ts';

export interface SessionBag {
  /** Name of its folder. */
  readonly name: string;
  readonly files: Files;
  /** As far as this variant may tell. */
  readonly facts: SessionFacts;
}

export function factsOf(bundle: SessionBundle, context: ExportContext): SessionFacts {
  return sessionFacts({ ...bundle, bodies: bundle.rows.map(({ body }) => body) }, context);
}

export interface ReportParts {
  readonly context: ExportContext;
  readonly fonts: Fonts;
}

/**
 * Everything of one session, with what proves it. Without `report` only the evidence and its tables; so, too, where the
 * evidence does not hold, with a file that says where.
 */
export async function identifiedBag(
  bundle: SessionBundle,
  rootFingerprint: string,
  report: ReportParts | null,
): Promise<Files> {
  const payload = payloadOf(bundle);
  const damage = evidenceDamage(payload);
  const hasReport = report !== null && damage === null;
  const files = hasReport ? await reportFiles(bundle, payload, rootFingerprint, report) : [];
  const { id, chairId } = bundle.session;
  return bagOf(new Map([...payload, ...files]), {
    readme: readmeText({ bundle, rootFingerprint, hasReport, isWhole: damage === null }),
    exportedAt: report === null ? new Date() : new Date(report.context.exportedAt),
    description: [
      `Chairside infusion session ${id} at ${chairId}`,
      ...(damage === null ? [] : [notWhole(bundle)]),
    ].join(', '),
    tools: new Map([
      ...verifierFile(),
      ...(damage === null ? [] : [[DAMAGE_FILE, Buffer.from(damageText(damage, bundle))] as const]),
    ]),
  });
}

/** One line, for whoever looks at the list of files only. */
function notWhole({ missing }: SessionBundle): string {
  return missing.length === 0 ? 'NOT WHOLE' : `NOT WHOLE: without ${rangesText(missing)}`;
}

async function reportFiles(
  bundle: SessionBundle,
  payload: Files,
  rootFingerprint: string,
  { context, fonts }: ReportParts,
): Promise<readonly [string, Buffer][]> {
  const facts = factsOf(bundle, context);
  const { checkpoint, verification } = bundle;
  const events = payload.get('data/events.jsonl') ?? Buffer.alloc(0);
  const proof = { checkpoint, rootFingerprint, verification, events };
  return [
    ['data/context.json', Buffer.from(`${JSON.stringify(context, null, 2)}\n`)],
    ['data/fhir.json', Buffer.from(fhirText(facts, checkpoint))],
    ['data/report.pdf', await renderReport({ facts, fonts, proof, notice: null, relativeTimes: false })],
  ];
}

/** @param files its bag: the name says, too, where the evidence does not hold */
export function identifiedName({ session: { id, openedAt } }: SessionBundle, files: Files): string {
  const ending = files.has(DAMAGE_FILE) ? NOT_WHOLE : '';
  return `chairside-${openedAt.slice(0, 10)}-${id.replaceAll(/[^\w-]/g, '_')}${ending}`;
}

/** An identified session, also one whose evidence does not hold: of that, as much as can be read. */
export async function identifiedSession(
  bundle: SessionBundle,
  rootFingerprint: string,
  report: ReportParts,
): Promise<SessionBag> {
  const files = await identifiedBag(bundle, rootFingerprint, report);
  const told = files.has(DAMAGE_FILE) ? readableOf(bundle) : bundle;
  return { name: identifiedName(bundle, files), files, facts: factsOf(told, report.context) };
}

function readableOf(bundle: SessionBundle): SessionBundle {
  return { ...bundle, rows: bundle.rows.filter(({ body }) => isFactRow(body)), trends: [], engineChunks: [] };
}

/** One session without what leads to a person; where its evidence does not hold, without a report, and that is said. */
export async function deidentifiedBag(
  bundle: SessionBundle,
  content: DeidentifiedContent,
  keys: DeidentificationKeys,
  { context, fonts }: ReportParts,
): Promise<SessionBag> {
  const damage = sessionDamage(payloadOf(bundle));
  const told = damage === null ? bundle : readableOf(bundle);
  const facts = deidentified(factsOf(told, context), content, keys);
  const notice = NOTICES[content];
  const relativeTimes = content === 'safe-harbor';
  const report = damage === null ? await renderReport({ facts, fonts, proof: null, notice, relativeTimes }) : null;
  const about = { notice, variant: content, session: facts.session.id, simulated: context.simulated };
  const payload = new Map([
    [DEIDENTIFIED, Buffer.from(`${JSON.stringify(about, null, 2)}\n`)],
    ['data/events.csv', Buffer.from(eventTable(facts, content))],
    ['data/trends.csv', Buffer.from(trendTable(facts, content))],
    ['data/drug.csv', Buffer.from(drugAccountTable(facts, content))],
    ...(report === null ? [] : [['data/report.pdf', report] as const]),
  ]);
  const isWhole = damage === null;
  const files = bagOf(payload, {
    readme: deidentifiedReadme(notice, context.simulated, isWhole),
    exportedAt: null,
    description: `Chairside infusion session, ${content}${isWhole ? '' : ', NOT WHOLE'}`,
    tools: new Map([
      ...verifierFile(),
      ...(isWhole ? [] : [[DAMAGE_FILE, Buffer.from(unnamedDamageText(damage, told))] as const]),
    ]),
  });
  return { name: `chairside-${content}-${facts.session.id}${isWhole ? '' : NOT_WHOLE}`, files, facts };
}

/** By it an export is known that has nothing to verify but its files. */
export const DEIDENTIFIED = 'data/deidentified.json';

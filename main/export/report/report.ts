import { type FactClock, putBackSentence, relativeClock, zoneClock } from '../facts/clock.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { drawAlarms } from './alarm-pages.ts';
import { drawCourse } from './course-pages.ts';
import { drawCover } from './cover.ts';
import { drawDrugAccount } from './drug-pages.ts';
import type { Fonts } from './fonts.ts';
import { damageSentence, drawProof, type Proof } from './proof-page.ts';
import { drawReview } from './review-pages.ts';
import { Sheet } from './sheet.ts';
import { drawTrends } from './trend-pages.ts';

export interface ReportParts {
  readonly facts: SessionFacts;
  readonly fonts: Fonts;
  /** Null in a report that must not be traced back. */
  readonly proof: (Proof & { readonly events: Buffer }) | null;
  /** Said on the first page and in every foot: what was taken out. */
  readonly notice: string | null;
  /** True: times as they went by since the opening, of the date only the year. */
  readonly relativeTimes: boolean;
}

/** One session as a PDF/A-3b document. The same parts give the same bytes. */
export async function renderReport(parts: ReportParts): Promise<Buffer> {
  const { facts, fonts, proof, notice } = parts;
  const { session, context } = facts;
  const clock = clockOf(parts);
  const sheet = new Sheet({
    title: 'Chairside session report',
    author: `Chairside ${context.version}`,
    subject: notice ?? `Session ${session.id}`,
    foot: notice?.split(':')[0] ?? `Session ${session.id}`,
    keywords: context.simulated ? 'SIMULATED' : 'infusion session',
    simulated: context.simulated,
    date: documentDate(parts),
    fonts,
  });
  const damage = proof === null ? '' : damageSentence(proof.verification);
  drawCover(sheet, facts, clock, [notice ?? '', damage, putBackSentence(facts.clockPutBackAt)]);
  drawTrends(sheet, facts, clock);
  drawAlarms(sheet, facts, clock);
  drawDrugAccount(sheet, facts, clock);
  drawReview(sheet, facts, clock);
  drawCourse(sheet, facts, clock);
  if (proof !== null) {
    drawProof(sheet, proof);
    attach(sheet, proof, documentDate(parts));
  }
  return sheet.finish();
}

function clockOf({ relativeTimes, facts: { session, context } }: ReportParts): FactClock {
  return relativeTimes ? relativeClock(session.openedAt) : zoneClock(context.timeZone, session.openedAt);
}

/** The last moment the record tells of, so that a report made again is the same. The year of opening where no more may be told. */
function documentDate({ relativeTimes, facts: { session, rows } }: ReportParts): Date {
  if (relativeTimes) return new Date(Date.UTC(new Date(session.openedAt).getUTCFullYear(), 0, 1));
  return new Date(session.closedAt ?? rows.at(-1)?.ts ?? session.openedAt);
}

function attach({ doc }: Sheet, { events, checkpoint }: { events: Buffer; checkpoint: string }, date: Date): void {
  const dates = { creationDate: date, modifiedDate: date };
  const rows = {
    ...dates,
    name: 'events.jsonl',
    type: 'application/jsonl',
    description: 'Every event of the session as it was hashed, one a line',
    relationship: 'Source',
  };
  const note = {
    ...dates,
    name: 'checkpoint.txt',
    type: 'text/plain',
    description: 'Signed checkpoint of the whole trail',
    relationship: 'Supplement',
  };
  // PDF/A-3 wants the relationship (AFRelationship), which the types of pdfkit do not know.
  doc.file(events, rows);
  doc.file(Buffer.from(checkpoint), note);
}

import { decodeQR } from 'qr/decode.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SessionBundle } from '../../../db/trail.ts';
import { deidentified } from '../deidentify/deidentify.ts';
import { NOTICES } from '../deidentify/variant.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { CONTEXT, recordedInfusion } from '../testing-infusion.ts';
import { factsOf } from '../write/session-bag.ts';
import { loadFonts } from './fonts.ts';
import { renderReport, type ReportParts } from './report.ts';
import { CONTENT_WIDTH, PAGE, Sheet } from './sheet.ts';
import { faultsOf } from './testing-page-faults.ts';
import { type Box, type DrawnPage, drawnPages, type PlacedText, pixelsLike, textOf } from './testing-pages.ts';

const MINUTES = 240;
const FONTS = loadFonts(null);

let bundle: SessionBundle;
let facts: SessionFacts;

beforeAll(async () => {
  bundle = await recordedInfusion(MINUTES);
  facts = factsOf(bundle, CONTEXT);
}, 300_000);

function report(parts: Partial<ReportParts> = {}): Promise<Buffer> {
  const { checkpoint, verification } = bundle;
  const proof = { checkpoint, verification, rootFingerprint: 'CPUV-MO7J-W2QH-ZK3L-TDRA-55EX', events: Buffer.alloc(0) };
  return renderReport({ facts, fonts: FONTS, proof, notice: null, relativeTimes: false, ...parts });
}

async function faultsIn(pdf: Buffer): Promise<readonly string[]> {
  const faults: string[] = [];
  for await (const page of drawnPages(pdf)) faults.push(...faultsOf(page));
  return faults;
}

/** A session that was opened and left. */
function opened(): Partial<ReportParts> {
  const session = { ...bundle.session, closedAt: null, state: 'open' } as const;
  return {
    facts: factsOf({ ...bundle, session, rows: bundle.rows.slice(0, 1), trends: [], engineChunks: [] }, CONTEXT),
  };
}

/** As long as people may write, of the widest letters, with and without blanks and ends of lines. */
function wordy(): Partial<ReportParts> {
  const session = {
    ...facts.session,
    patientName: 'W'.repeat(120),
    patientId: `M${'\n'.repeat(58)}M`,
    id: 'S'.repeat(60),
  };
  const order =
    facts.order === null ? null : { ...facts.order, libraryVersion: `proposal-${'V'.repeat(51)}`, patient: null };
  const reason = 'W\n'.repeat(250);
  const rows = facts.rows.filter(({ act }) => act === 'session.end').map((row) => ({ ...row, reason }));
  const notes = facts.notes
    .slice(0, 1)
    .map((note) => ({ ...note, text: 'W'.repeat(2000), corrects: 7, before: 'W\n'.repeat(999) }));
  const drug = { ...facts.drug, explanation: { by: 'dana', reason } };
  return { facts: { ...facts, session, order, rows, notes, drug, trends: [], readings: [] } };
}

function withoutPersons(content: 'safe-harbor' | 'date-shifted'): Partial<ReportParts> {
  const keys = { site: Buffer.alloc(32), export: Buffer.alloc(32) };
  const rows = facts.rows.filter(({ act }) => act !== 'vitals.enter');
  const relativeTimes = content === 'safe-harbor';
  return {
    facts: deidentified({ ...facts, rows }, content, keys),
    proof: null,
    notice: NOTICES[content],
    relativeTimes,
  };
}

/** The record holds damage elsewhere, before this session. */
function damaged(): Partial<ReportParts> {
  const { checkpoint, verification } = bundle;
  const damage = { seq: 1, what: 'chain', detail: 'the hash of the row before is not the one that it names' } as const;
  const proof = {
    checkpoint,
    verification: { ...verification, damage, anchors: [] },
    rootFingerprint: 'X',
    events: Buffer.alloc(0),
  };
  return { ...opened(), proof };
}

describe('the pages of a report', { timeout: 120_000 }, () => {
  test.each([
    ['of four hours', () => ({})],
    ['of a session that was only opened', opened],
    ['with the longest texts that may be written', wordy],
    ['of a record that is damaged elsewhere', damaged],
    ['by Safe Harbor', () => withoutPersons('safe-harbor')],
    ['with shifted dates', () => withoutPersons('date-shifted')],
  ])('%s are numbered, not blank, and have nothing over one another or in the margin', async (_, parts) => {
    expect(await faultsIn(await report(parts()))).toEqual([]);
  });

  test('say first what has to be known before all else: damage, or what was taken out', async () => {
    const [harmed, harmless] = [await firstPage(damaged()), await firstPage(withoutPersons('safe-harbor'))];
    expect(textOf(harmed, 'THE RECORD IS DAMAGED at row 1').bottom).toBeLessThan(
      textOf(harmed, 'Patient and session').top,
    );
    expect(textOf(harmless, 'DE-IDENTIFIED by removal').bottom).toBeLessThan(
      textOf(harmless, 'Patient and session').top,
    );
  });
});

async function firstPage(parts: Partial<ReportParts>): Promise<DrawnPage> {
  for await (const page of drawnPages(await report(parts))) return page;
  throw new TypeError('It has no page.');
}

describe('the judge of the pages', { timeout: 60_000 }, () => {
  const LIMIT = '#b45309';
  test.each<[fault: string, draw: (sheet: Sheet) => void]>([
    ['it is blank', () => undefined],
    ['ink in the right margin', (sheet) => sheet.text('Too far to the right', PAGE.width - PAGE.right - 30, 100)],
    ['ink in the lower margin', (sheet) => sheet.text('Too low', PAGE.left, PAGE.height - 18)],
    [
      'one over the other: First | Second',
      (sheet) => ['First', 'Second'].forEach((text) => sheet.text(text, 100, 100)),
    ],
    ['over the line of head or foot: Runs down', (sheet) => sheet.text('Runs down', 100, PAGE.height - 52)],
    [
      'a line or mark goes through: Struck',
      (sheet) => {
        sheet.text('Struck', PAGE.left, 100);
        sheet.line(PAGE.left, 105, PAGE.left + CONTENT_WIDTH, 105, LIMIT, 0.6);
      },
    ],
  ])('finds that %s', async (fault, draw) => {
    const sheet = new Sheet({
      title: 'Title',
      author: 'A',
      subject: 'S',
      foot: 'Foot',
      keywords: '',
      simulated: false,
      date: new Date(0),
      fonts: FONTS,
    });
    draw(sheet);
    expect(await faultsIn(await sheet.finish())).toContain(`page 1: ${fault}`);
  });
});

/** A plot read by its own axes, as somebody with a ruler would. */
interface ReadPlot {
  readonly page: DrawnPage;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

const middle = ({ top, bottom }: Box): number => (top + bottom) / 2;
const centre = ({ left, right }: Box): number => (left + right) / 2;

/** At the margin: a table of the same page may name the same sign. */
function titleOn({ number, texts }: DrawnPage, title: string): PlacedText {
  return textOf({ number, texts: texts.filter(({ left }) => left < PAGE.left + 1) }, title);
}

function readPlot(page: DrawnPage, title: string): ReadPlot {
  const { bottom, left } = titleOn(page, title);
  const below = page.texts.filter(({ top }) => top > bottom - 4);
  const [high, low] = below.filter((text) => /^\d+$/.test(text.text) && text.right < left + 34);
  const hours = below.filter(({ text }) => /^\d\d:\d\d$/.test(text));
  const [first, last] = [hours[0], hours.at(-1)];
  if (high === undefined || low === undefined || first === undefined || last === undefined) throw new TypeError(title);
  const at = ({ text }: PlacedText): number => Date.parse(`2026-11-22T${text}:00+01:00`);
  const perUnit = (middle(low) - middle(high)) / (Number(high.text) - Number(low.text));
  const perMs = (centre(last) - centre(first)) / (at(last) - at(first));
  return {
    page,
    x: (moment) => centre(first) + (moment - at(first)) * perMs,
    y: (value) => middle(low) - (value - Number(low.text)) * perUnit,
  };
}

describe('a plot of four hours', () => {
  const pages: DrawnPage[] = [];
  beforeAll(async () => {
    for await (const page of drawnPages(await report())) pages.push(page);
  }, 120_000);

  test.each([
    ['SpO2 (%)', 'spo2', 0x0b7a75],
    ['Pulse rate (1/min)', 'pulse', 0xa21caf],
    ['Heart rate by ECG (1/min)', 'hr', 0xbe123c],
    ['Breathing rate (1/min)', 'rr', 0x0369a1],
    ['etCO2 (mmHg)', 'etco2', 0xa16207],
  ] as const)('%s has its curve where the values are, and none where there were none', (title, name, colour) => {
    const page = pages.find(({ texts }) => texts.some(({ text, left }) => text === title && left < PAGE.left + 1));
    if (page === undefined) throw new TypeError(`No page has ${title}.`);
    const { x, y } = readPlot(page, title);
    const values = facts.trends.flatMap((chunk) => {
      const column = name === 'spo2' || name === 'pulse' ? chunk[name] : (chunk.signs?.[name] ?? []);
      return column.map((value, second) => ({ value, at: Date.parse(chunk.startedAt) + second * 1000 }));
    });
    const missed = values.filter(({ at, value }, index) => {
      if (value === null || index % 60 !== 0) return false;
      const spot = { left: x(at) - 1.2, right: x(at) + 1.2, top: y(value) - 1.5, bottom: y(value) + 1.5 };
      return pixelsLike(colour, page, spot, 60) === 0;
    });
    expect(missed).toEqual([]);
    const gaps = values.filter((_, index) => [index - 19, index + 19].every((each) => values[each]?.value === null));
    expect(gaps).toHaveLength(values.some(({ value }) => value === null) ? Math.floor((MINUTES * 60) / 1700) : 0);
    const known = values.flatMap(({ value }) => (value === null ? [] : [value]));
    // Not the whole frame: the lines of limits have the colour of a curve.
    const [top, bottom] = [y(Math.max(...known)) - 2, y(Math.min(...known)) + 2];
    const filled = gaps.filter(
      ({ at }) => pixelsLike(colour, page, { left: x(at), right: x(at) + 0.01, top, bottom }, 60) > 0,
    );
    expect(filled).toEqual([]);
  });

  test('the code on the last page is read back from its pixels as the checkpoint', () => {
    const last = pages.at(-1);
    if (last === undefined) throw new TypeError('It has no page.');
    expect(decodeQR(last.pixels)).toBe(bundle.checkpoint);
  });
});

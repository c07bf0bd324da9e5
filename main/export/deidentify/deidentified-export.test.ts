import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printedCheckpoint } from '../../../db/anchor.ts';
import { temporaryFolder } from '../../../db/test-kit.ts';
import type { SessionBundle } from '../../../db/trail.ts';
import type { Files } from '../bag.ts';
import { readExport } from '../read-export.ts';
import { contentsOf, readPdf } from '../report/testing-pdf.ts';
import { exported } from '../testing-export.ts';
import { CONTEXT, recordedInfusion, senderOf } from '../testing-infusion.ts';
import { TRACES } from '../testing-rows.ts';
import { exitCodeOf } from '../verdict.ts';
import { verifyFolder } from '../verify-folder.ts';
import { loadFonts } from '../report/fonts.ts';
import { renderReport } from '../report/report.ts';
import type { ExportOutcome } from '../write/export-writer.ts';
import { factsOf } from '../write/session-bag.ts';
import type { DeidentifiedContent } from './variant.ts';

const target = temporaryFolder();
const MINUTES = 10;
let bundle: SessionBundle;

beforeAll(async () => {
  bundle = await recordedInfusion(MINUTES, { byAlarm: { 'pump-alarm:sn-20817': 1 }, rows: HOSTILE });
}, 180_000);
afterAll(() => target[Symbol.dispose]());

const made = new Map<string, Promise<ExportOutcome>>();
/** As on the paper of the station. */
const ROOT = 'K7QM-2DXE-PL4A-9TRB-6WNC-HZ3F';

/** Each is made once. */
function outcomeOf(content: DeidentifiedContent, isCollection: boolean): Promise<ExportOutcome> {
  const name = `${content} ${isCollection}`;
  const outcome = made.get(name) ?? zipAnew(content, isCollection);
  made.set(name, outcome);
  return outcome;
}

async function zipOf(content: DeidentifiedContent, isCollection: boolean): Promise<string> {
  return (await outcomeOf(content, isCollection)).path;
}

async function zipAnew(content: DeidentifiedContent, isCollection: boolean): Promise<ExportOutcome> {
  const collection = isCollection ? { name: `chairside-${content}-one_patient`, subject: 'one patient' } : null;
  const wish = { form: 'zip', content, collection, rootFingerprint: ROOT } as const;
  const outcome = await exported(senderOf(bundle), [bundle.session.id], target.path, wish);
  expect(outcome.verified).toBe(true);
  return outcome;
}

/** What a device, another version or a person far away may have put into a row, and a note after New Year. */
const HOSTILE = [
  { act: 'alarm.raised', new: { id: 'pump-alarm', subject: 'sn-20817' } },
  { act: 'alarm.raised', new: { id: 'eeg-flat-sn-20817', value: 3 } },
  {
    act: 'patient.told',
    new: { ageYears: 93, born: '1931-05-02', zip: '8001-Zurich', phase: 'SN-PUMP-553', weightG: '93' },
  },
  {
    act: 'session.check',
    new: { patientIdRead: 'PID-66120', drugLotRead: 'LOT-8K11', concentrationRead: '2', mismatched: ['patientIdRead'] },
  },
  { act: 'session.check', new: { patientIdRead: 'P-4711-read', drugLotRead: 'LOT-7Q44', concentrationRead: '2' } },
  { act: 'session.note', ts: '2027-01-01T00:00:05.000Z', new: { text: 'Kazimierz called, and so did أمل and 李小龍' } },
];

/** Everything by which somebody could find the person, the device, the day or another row. */
function identifiers(): readonly string[] {
  const { session, sessionNonce, rows, checkpoint } = bundle;
  const bodies = rows.map(({ body }) => JSON.parse(body) as { salt: string; prev: string; ts: string });
  const persons = ['Łukasiewicz', 'Zoë', session.patientId, 'dana', 'Dana', 'Sam ', 'Supervisor', 'أمل', '李小龍'];
  const places = [session.id, '9f31c07a', session.chairId, 'room 1', 'room%201', 'b00t', 'Europe/Zurich'];
  const things = [
    'SN-PUMP-553',
    'LOT-7Q44',
    'PID-66120',
    '8K11',
    'P-4711-read',
    'Consultant',
    '=1+1',
    sessionNonce,
    '20817',
    'ageYears',
    '1931-05',
    '8001-',
  ];
  const days = ['2026-11-22', '2026-11-23', '20261122', '22.11.2026', '2027-01-01', '20270101'];
  return [
    ...TRACES,
    ...persons,
    ...places,
    ...things,
    ...days,
    ...bodies.flatMap(({ salt, prev, ts }) => [salt, prev, ts]),
    ...rows.map(({ hash }) => hash),
    ...anchored(),
    ...checkpoint.split('\n').filter((line) => line.length > 6),
  ];
}

/** By what an anchor leads to the station: its root key, and the checkpoint as a person compares it. */
function anchored(): readonly string[] {
  const { fingerprint = '' } = printedCheckpoint(bundle.checkpoint) ?? {};
  return [ROOT, fingerprint, fingerprint.slice(fingerprint.indexOf(' ') + 1)];
}

/** Text of a file, and of a report also what is packed in it, what is printed and what it says of itself. */
async function textsOf(path: string, content: Buffer): Promise<readonly string[]> {
  if (!path.endsWith('.pdf')) return [content.toString('utf8')];
  const { pages, about, attachments } = await readPdf(content);
  const plain = outsideStreams(content);
  return [
    plain,
    // Strings of the document's own data are UTF-16 where they are not plain.
    plain.replaceAll('\0', ''),
    contentsOf(content).join('\n'),
    pages.join('\n'),
    about,
    ...[...attachments].flat().map(String),
  ];
}

/** By Latin 1 a short name of a person is in the packed bytes of a report once in a hundred runs. */
function outsideStreams(document: Buffer): string {
  return document.toString('latin1').replaceAll(/\nstream\n[^]*?\nendstream/g, '');
}

/** Codes may be written in capitals, and broken over two lines. */
const bare = (text: string): string => text.toLowerCase().replaceAll(/\s/g, '');

interface Wanted {
  readonly plain: string;
  /** As the eye meets it, of a script from right to left: a reader of PDFs may give it in that order. */
  readonly turned: string;
  /** Null where it is a word: in small letters and without its spaces it could stand in any other. */
  readonly code: string | null;
}

function wantedHere(): readonly Wanted[] {
  const isCode = (each: string): boolean => /\d/.test(each) && each.length > 5;
  const isTurned = (each: string): boolean => /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(each);
  return identifiers().map((plain) => ({
    plain,
    turned: isTurned(plain) ? Array.from(plain).toReversed().join('') : plain,
    code: isCode(plain) ? bare(plain) : null,
  }));
}

async function leaks(path: string, files: Files): Promise<readonly string[]> {
  const searched: [string, string][] = [['the name', path]];
  for (const [name, content] of files) {
    for (const text of [name, ...(await textsOf(name, content))]) searched.push([name, text]);
  }
  const wanted = wantedHere();
  return searched.flatMap(([name, text]) => {
    const squeezed = bare(text);
    const isIn = ({ plain, turned, code }: Wanted) =>
      text.includes(plain) || text.includes(turned) || (code !== null && squeezed.includes(code));
    return wanted.filter(isIn).map(({ plain }) => `${name}: ${plain}`);
  });
}

const DIRECTORY_ENTRY = Buffer.from('PK\x01\x02', 'latin1');
const FILE_HEADER = Buffer.from('PK\x03\x04', 'latin1');

/**
 * Names and times of files in a zip, and what else stands between their contents, which are searched unpacked: in packed
 * bytes a short name of a person stands by chance once in some dozens of runs.
 */
function outside(path: string, count: number): Files {
  const zip = readFileSync(path);
  let found = 0;
  for (let at = zip.indexOf(DIRECTORY_ENTRY); at !== -1; at = zip.indexOf(DIRECTORY_ENTRY, at + 1)) {
    const header = zip.readUInt32LE(at + 42);
    if (!zip.subarray(header, header + 4).equals(FILE_HEADER)) continue;
    const content = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    zip.fill(0, content, content + zip.readUInt32LE(at + 20));
    found += 1;
  }
  expect(found).toBe(count);
  return new Map([['the zip itself', zip]]);
}

describe.each(['safe-harbor', 'date-shifted'] as const)('an export %s', (content) => {
  test.each([false, true])(
    'holds none of the identifiers of its source (collection: %s)',
    async (isCollection) => {
      const path = await zipOf(content, isCollection);
      const files = await readExport(path);
      expect([...files.keys()].filter((name) => name.endsWith('.pdf'))).toHaveLength(1);
      expect(await leaks(path.slice(target.path.length), files)).toEqual([]);
      expect(await leaks('', outside(path, files.size))).toEqual([]);
      const codes = [...files].flatMap(([name, content]) =>
        name.includes('manifest-') ? [] : (content.toString('latin1').match(/\b[0-9a-f]{64}\b/g) ?? []),
      );
      expect(codes, 'a digest of a salted row is a code by which rows can be joined').toEqual([]);
      const report = await verifyFolder(path);
      expect(report).toMatchObject({ damage: [], findings: [], hasEvidence: false });
      expect(exitCodeOf(report)).toBe(2);
    },
    60_000,
  );

  test.each([false, true])(
    'leaves fingerprint, checkpoint and name of the station on the sheet that stays here (collection: %s)',
    async (isCollection) => {
      const { path, anchorSheet } = await outcomeOf(content, isCollection);
      const sheet = new Map([['the sheet', readFileSync(anchorSheet ?? '')]]);
      const station = [...anchored(), 'room 1', ...bundle.checkpoint.split('\n').filter((line) => line.length > 6)];
      // The same search that finds nothing in what is handed out: it is not blind for them.
      expect(await leaks('', sheet)).toEqual(
        expect.arrayContaining(station.map((identifier) => `the sheet: ${identifier}`)),
      );
      const files = await readExport(path);
      const handedOut = [...(await leaks(basename(path), files)), ...(await leaks('', outside(path, files.size)))];
      expect(handedOut).toEqual([]);
      const { patientId, patientName, id } = bundle.session;
      for (const person of [patientId, patientName, id]) expect(sheet.get('the sheet')?.includes(person)).toBe(false);
    },
    60_000,
  );

  test('is labelled as what it is', async () => {
    const files = await readExport(await zipOf(content, false));
    const wanted = content === 'safe-harbor' ? /DE-IDENTIFIED.*Safe Harbor/ : /LIMITED DATA SET.*NOT de-identified/;
    for (const name of ['README.txt', 'data/deidentified.json']) expect(files.get(name)?.toString()).toMatch(wanted);
  }, 180_000);

  test('keeps what the infusion was, and its intervals', async () => {
    const files = await readExport(await zipOf(content, false));
    const trends = files.get('data/trends.csv')?.toString('utf8').split('\r\n') ?? [];
    expect(trends).toHaveLength(2 + MINUTES * 60);
    const [first, second] = [trends[1]?.split(','), trends[61]?.split(',')];
    if (content === 'safe-harbor') expect([first?.[0], second?.[0]]).toEqual(['00:00:00', '00:01:00']);
    else expect(Date.parse(second?.[0] ?? '') - Date.parse(first?.[0] ?? '')).toBe(60_000);
    const events = files.get('data/events.csv')?.toString();
    expect(events).toContain('Alarm: SpO2 low (value 86, limit 90)');
    expect(events).toContain('NIBP 122/71 mmHg entered');
    expect(events).toMatch(/Drug wasted: 35 mL \(70 mg\), withheld, witness clinician-x[0-9a-f]{8}/);
    expect(trends[0]).toContain('etCO2 (mmHg)');
    const drug = files.get('data/drug.csv')?.toString();
    expect(drug).toMatch(/clinician-x[0-9a-f]{8},waste,34900,69800,35000,syringe,2000/);
    for (const entry of ['drawn,2000,100000', 'prime,1000,2000', 'flush,800,1600']) {
      expect(drug).toMatch(new RegExp(`,clinician-x[0-9a-f]{8},${entry},`));
    }
    expect(drug).toContain('withheld,declared');
  }, 180_000);
});

test('a report by Safe Harbor tells one year, also of what was written after New Year', async () => {
  const files = await readExport(await zipOf('safe-harbor', false));
  const { pages, about } = await readPdf(files.get('data/report.pdf') ?? Buffer.alloc(0));
  const years = `${pages.join('\n')}\n${about}`.match(/\b20\d\d(?=, t = |\d{10}Z|-\d\d-\d\dT)/g);
  expect(new Set(years)).toEqual(new Set(['2026']));
}, 180_000);

test('the search finds an identifier that is there', async () => {
  const files = new Map([['data/x.csv', Buffer.from('a,Dana,b\nلمأ')]]);
  expect(await leaks('/chairside', files)).toEqual(['data/x.csv: Dana', 'data/x.csv: أمل']);
});

test('the search finds identifiers that are only printed in a report, or only attached to it', async () => {
  const { checkpoint, verification } = bundle;
  const proof = { checkpoint, verification, rootFingerprint: 'X', events: Buffer.from('dana') };
  const facts = factsOf(bundle, CONTEXT);
  const pdf = await renderReport({ facts, fonts: loadFonts(null), proof, notice: null, relativeTimes: false });
  const found = await leaks('', new Map([['report.pdf', pdf]]));
  for (const each of ['Łukasiewicz', 'Kazimierz', 'أمل', '李小龍', 'LOT-7Q44', bundle.session.id, 'd1d1d1d1']) {
    expect(found).toContain(`report.pdf: ${each}`);
  }
  const { attachments } = await readPdf(pdf);
  expect(attachments.get('events.jsonl')?.toString()).toBe('dana');
}, 60_000);

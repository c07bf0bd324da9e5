import { expect, test } from 'vitest';
import { eventsCsv } from './csv.ts';

/** Cells as RFC 4180 has them, the way a spreadsheet opens the table. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}

const body = (reason: string): string =>
  JSON.stringify({
    seq: 7,
    ts: '2026-11-22T08:00:00.000Z',
    mono: 12,
    chair: 'chair-1',
    session: 's',
    patient: reason,
    actor: { id: reason, role: 'clinician', auth: ['pin'] },
    act: 'note.added',
    outcome: 'ok',
    new: { value: -3 },
    reason,
  });

const SIGNS = ['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\tx', '\rx', '\nx', '=HYPERLINK("http://x","a,b")'];
const OTHER_FORMS = ['＝1+1', '＋1', '－1', '＠A1', '﹦1', '\u22121+1'];
const BEHIND = [
  ' ',
  '\n',
  '\t',
  '\0',
  '\u00a0',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u200f',
  '\u2060',
  '\u00ad',
  '\u3164',
  '\u2800',
];

test.each([...SIGNS, ...OTHER_FORMS, ...BEHIND.map((unseen) => `${unseen}=1+1`), ' \u200b ＝1+1'])(
  '%j is text in every cell, whoever wrote it',
  (formula) => {
    const [, row = []] = cellsOf(eventsCsv([body(formula)]));
    expect(row.filter((cell) => cell === `'${formula}`)).toHaveLength(3);
  },
);

test.each([' well', '\u200bwell', 'a=1', '', '98 - 99', "'quoted'"])(
  '%j is no formula and stays as it was written',
  (text) => {
    const [, row = []] = cellsOf(eventsCsv([body(text)]));
    expect(row.filter((cell) => cell === text).length).toBeGreaterThanOrEqual(3);
  },
);

test('a figure below zero stays a figure', () => {
  const [, row = []] = cellsOf(eventsCsv([body('x').replace('"mono":12', '"mono":-12')]));
  expect(row[2]).toBe('-12');
});

test('a carriage return inside a text does not begin a line with a formula', () => {
  expect(eventsCsv([body('well\r=1+1')])).toContain('"well\r=1+1"');
});

test('opens in a spreadsheet: byte order mark, CRLF, numbers as numbers', () => {
  const text = eventsCsv([body('a "quoted", text')]);
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(
    text
      .split('\n')
      .slice(0, -1)
      .every((line) => line.endsWith('\r')),
  ).toBe(true);
  const [head = [], row = []] = cellsOf(text);
  expect(head).toHaveLength(row.length);
  expect([row[0], row[2], row.at(-2)]).toEqual(['7', '12', 'a "quoted", text']);
});

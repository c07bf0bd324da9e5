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
const BEHIND = [' ', '\0', '\u00a0', '\u3000', '\ufeff', '\u200b', '\u200f', '\u2060', '\u00ad', '\u3164', '\u2800'];

test.each([...SIGNS, ...OTHER_FORMS, ...BEHIND.map((unseen) => `${unseen}=1+1`), ' \u200b ＝1+1'])(
  '%j is text in every cell, whoever wrote it',
  (formula) => {
    const [, row = []] = cellsOf(eventsCsv([body(formula)]));
    expect(row.filter((cell) => cell === `'${formula}`)).toHaveLength(3);
  },
);

test.each(['\n', '\t'])('behind %j a formula is text, wherever the cell begins', (separator) => {
  const [, row = []] = cellsOf(eventsCsv([body(`${separator}=1+1`)]));
  expect(row.filter((cell) => cell === `'${separator}'=1+1`)).toHaveLength(3);
});

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
  expect(eventsCsv([body('well\r=1+1')])).toContain(`"well\r'=1+1"`);
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

/** Cells as a program sees them that parts at other characters: a quotation mark counts only where a cell begins. */
function cellsPartedAt(separators: string, text: string): string[] {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)(?:"|$))?([^${separators}\\r\\n]*)(?:[${separators}]|\\r\\n|\\r|\\n|$)`,
    'gy',
  );
  return [...text.matchAll(cell)].map(([, quoted = '', plain = '']) => quoted.replaceAll('""', '"') + plain);
}

const STARTS_FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠﹦\u2212]|^[\t\r\n]/u;
const FIGURE = /^-\d+$/;

const HIDDEN = [
  "x;=cmd|' /C calc'!A0;y",
  'x;=1',
  'x; ＝1',
  'x;\u200b@A1',
  'x\t=1',
  'x\t-1+cmd',
  'x\n=1',
  'x\r\n+1',
  'x\r＋1',
  'x;;=1',
  'x;\n\n=1',
  'x;\t=1',
  'x;\ty',
  'x\n\ty',
  'x;"=1;y',
  'x\t""=1\ty',
  'x;\n"=1',
  ';=1',
  '\t=1;=2\n=3',
  'x,=1',
];

test.each(HIDDEN)('%j: no cell begins a formula where a spreadsheet parts at semicolons, tabs or lines', (text) => {
  const table = eventsCsv([body(text).replace('"mono":12', '"mono":-12')]);
  for (const separators of [',', ';', '\t', ',;\t', ',;', ';\t']) {
    const cells = cellsPartedAt(separators, table);
    expect(cells.filter((each) => STARTS_FORMULA.test(each) && !FIGURE.test(each))).toEqual([]);
  }
});

test('a text with a separator of another country is quoted, for programs that part at several at once', () => {
  expect(eventsCsv([body('one;two')])).toContain('"one;two"');
  expect(eventsCsv([body('one\ttwo')])).toContain('"one\ttwo"');
});

test('a separator before a harmless word changes nothing', () => {
  const [, row = []] = cellsOf(eventsCsv([body('one; two\nthree - 3;\r\n\r\nfour\tfive=5')]));
  expect(row.at(-2)).toBe('one; two\nthree - 3;\r\n\r\nfour\tfive=5');
});

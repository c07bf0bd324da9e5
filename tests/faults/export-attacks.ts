import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Files, bagOf } from '../../main/export/bag.ts';
import { verifierFile } from '../../main/export/verifier.ts';
import { eventsCsv } from '../../main/export/csv.ts';
import { readFolder } from '../../main/export/read-export.ts';

/** What somebody did to a copy of an export. `damage` is what both verifiers must report first; null where it is in order. */
export interface ExportAttack {
  readonly name: string;
  readonly damage: string | null;
  readonly change: (folder: string) => Promise<void> | void;
}

const EVENTS = 'data/events.jsonl';
const PROOFS = 'data/proofs.jsonl';
const KEYS = 'data/keys.jsonl';
const SESSION = 'data/session.json';
const NOTE = 'data/checkpoint.txt';
const EXTENT = 'data/extent.json';

/** Rewrites payload files as an insider would: every manifest is made to fit, so only the evidence can object. */
export async function forge(folder: string, edits: Readonly<Record<string, (text: string) => string>>): Promise<void> {
  const all = await readFolder(folder);
  const payload: Files = new Map(
    [...all]
      .filter(([path]) => path.startsWith('data/'))
      .map(([path, bytes]) => {
        const edit = edits[path];
        return [path, edit === undefined ? bytes : Buffer.from(edit(bytes.toString()))] as const;
      }),
  );
  const readme = all.get('README.txt')?.toString() ?? '';
  const notes = { readme, exportedAt: new Date(), description: 'forged', tools: verifierFile() };
  for (const [path, bytes] of bagOf(payload, notes)) writeFileSync(join(folder, path), bytes);
}

type Lines = (lines: string[]) => string[];
const onLines = (change: Lines) => (text: string) =>
  change(text.split('\n').slice(0, -1))
    .map((line) => `${line}\n`)
    .join('');
/** Rows and proofs alike, and the table made anew, so that nothing but the evidence is left to object. */
const rows = (change: Lines) => (folder: string) => {
  const bodies = change(readFileSync(join(folder, EVENTS), 'utf8').split('\n').slice(0, -1));
  const table = () => eventsCsv(bodies);
  return forge(folder, { [EVENTS]: onLines(change), [PROOFS]: onLines(change), 'data/events.csv': table });
};
const file = (path: string, edit: (text: string) => string) => (folder: string) => forge(folder, { [path]: edit });
/** Everything after so many rows is gone, also what the lost rows vouched for. */
const cut = (count: number) => (folder: string) => {
  const first = onLines((lines) => lines.slice(0, count));
  const none = () => '';
  return forge(folder, {
    [EVENTS]: first,
    [PROOFS]: first,
    'data/trends.jsonl': none,
    'data/engine-events.jsonl': none,
  });
};
const otherDigit = (digit: string): string => (digit === '0' ? '1' : '0');
const withoutHandover = (line: string): string => JSON.stringify({ ...JSON.parse(line), handover: null });

/** Without fresh manifests: a file that was touched. */
function touch(folder: string, path: string): void {
  writeFileSync(join(folder, path), `${readFileSync(join(folder, path), 'utf8')} `);
}

export const EXPORT_ATTACKS: readonly ExportAttack[] = [
  { name: 'nothing', damage: null, change: () => undefined },
  { name: 'manifests made anew over the same files', damage: null, change: (folder) => forge(folder, {}) },
  { name: 'a dose edited', damage: 'row-hash', change: file(EVENTS, (text) => text.replace('12000', '1')) },
  { name: 'a row spelled differently', damage: 'row-hash', change: file(EVENTS, (text) => text.replace('{', '{ ')) },
  { name: 'two rows swapped', damage: 'seq', change: rows(([a = '', b = '', c = '', ...more]) => [a, c, b, ...more]) },
  { name: 'a row doubled', damage: 'seq', change: rows(([a = '', ...more]) => [a, a, ...more]) },
  { name: 'the opening row left out', damage: 'session', change: rows((lines) => lines.slice(1)) },
  { name: 'a middle row left out', damage: 'seq', change: rows((lines) => lines.toSpliced(5, 1)) },
  { name: 'the closing row left out', damage: 'extent', change: rows((lines) => lines.slice(0, -1)) },
  { name: 'the tail cut off', damage: 'extent', change: cut(3) },
  { name: 'nothing but the opening row', damage: 'extent', change: cut(1) },
  {
    name: 'the tail cut off, and the row away that states how long it was',
    damage: 'extent',
    change: async (folder) => {
      rmSync(join(folder, EXTENT));
      await cut(3)(folder);
    },
  },
  {
    name: 'an extent edited',
    damage: 'row-hash',
    change: file(EXTENT, (text) => text.replace('rows\\":', 'rows\\":1')),
  },
  {
    name: 'another row of the trail in the place of the extent',
    damage: 'extent',
    change: (folder) =>
      forge(folder, { [EXTENT]: () => readFileSync(join(folder, KEYS), 'utf8').split('\n')[0] ?? '' }),
  },
  {
    name: 'a statement that the record had lost rows',
    damage: 'seq',
    change: (folder) => {
      writeFileSync(join(folder, 'data/missing.jsonl'), '[7,9]\n[12,12]\n');
      return forge(folder, {});
    },
  },
  {
    name: 'an event without its proof',
    damage: 'form',
    change: file(
      PROOFS,
      onLines((lines) => lines.slice(1)),
    ),
  },
  {
    name: 'a proof edited',
    damage: 'root',
    change: file(PROOFS, (text) => text.replace(/(?<="proof":\[")./, otherDigit)),
  },
  {
    name: 'a proof cut short',
    damage: 'root',
    change: file(PROOFS, (text) => text.replace(/(?<=\[)"[0-9a-f]{64}",/, '')),
  },
  {
    name: 'a row number edited',
    damage: 'seq',
    change: file(PROOFS, (text) => text.replace(/"seq":(\d)/, '"seq":7$1')),
  },
  {
    name: 'the checkpoint made smaller',
    damage: 'checkpoint',
    change: file(NOTE, (text) => text.replace(/\n\d+\n/, '\n9\n')),
  },
  {
    name: 'the signature edited',
    damage: 'checkpoint',
    change: file(NOTE, (text) => text.replace(/.(?=.{8}\n$)/, otherDigit)),
  },
  { name: 'the origin edited', damage: 'checkpoint', change: file(NOTE, (text) => text.replace('room', 'moor')) },
  { name: 'no checkpoint at all', damage: 'checkpoint', change: file(NOTE, () => '') },
  {
    name: 'the root key replaced',
    damage: 'row-hash',
    change: file(KEYS, (text) => text.replace(/(?<=pub\\":\\")./, otherDigit)),
  },
  {
    name: 'a key left out',
    damage: 'checkpoint',
    change: file(
      KEYS,
      onLines((lines) => lines.toSpliced(1, 1)),
    ),
  },
  { name: 'all keys left out', damage: 'checkpoint', change: file(KEYS, () => '') },
  {
    name: 'a handover left out',
    damage: 'checkpoint',
    change: file(
      KEYS,
      onLines(([a = '', b = '', ...more]) => [a, withoutHandover(b), ...more]),
    ),
  },
  {
    name: 'a trend value edited',
    damage: 'trend',
    change: file('data/trends.jsonl', (text) => text.replace('98', '99')),
  },
  { name: 'the trends left out', damage: 'trend', change: file('data/trends.jsonl', () => '') },
  { name: 'the trends doubled', damage: 'trend', change: file('data/trends.jsonl', (text) => text + text) },
  {
    name: 'an engine event edited',
    damage: 'engine',
    change: file('data/engine-events.jsonl', (text) => text.replace('1100', '1200')),
  },
  { name: 'the engine events left out', damage: 'engine', change: file('data/engine-events.jsonl', () => '') },
  {
    name: 'a broken header of engine events',
    damage: 'form',
    change: file('data/engine-events.jsonl', (text) => text.replace('"events":2', '"events":"2"')),
  },
  { name: 'another name', damage: 'session', change: file(SESSION, (text) => text.replace('Ada', 'Bob')) },
  {
    name: 'another nonce',
    damage: 'session',
    change: file(SESSION, (text) => text.replace(/(?<="nonce": ")./, otherDigit)),
  },
  { name: 'another session', damage: 'seq', change: file(SESSION, (text) => text.replace('"s2"', '"s1"')) },
  {
    name: 'another time of its opening',
    damage: 'session',
    change: file(SESSION, (text) => text.replace(/(?<="openedAt": ")\d{4}/, '1999')),
  },
  {
    name: 'another time of its end',
    damage: 'session',
    change: file(SESSION, (text) => text.replace(/(?<="closedAt": ")\d{4}/, '2099')),
  },
  { name: 'another end', damage: 'session', change: file(SESSION, (text) => text.replace('"ended"', '"interrupted"')) },
  {
    name: 'no end',
    damage: 'session',
    change: file(SESSION, (text) => text.replace('"ended"', '"open"').replace(/(?<="closedAt": )"[^"]+"/, 'null')),
  },
  { name: 'no JSON in the person data', damage: 'form', change: file(SESSION, () => '{') },
  ...['README.txt', 'bagit.txt', 'verify.mjs', EVENTS, 'data/events.csv'].map((path) => ({
    name: `${path} touched`,
    damage: 'bag',
    change: (folder: string) => touch(folder, path),
  })),
  ...['manifest-sha256.txt', 'tagmanifest-sha256.txt', 'README.txt', EVENTS, KEYS, SESSION].map((path) => ({
    name: `${path} removed`,
    damage: 'bag',
    change: (folder: string) => rmSync(join(folder, path)),
  })),
  { name: 'a file added', damage: 'bag', change: (folder) => writeFileSync(join(folder, 'data', 'note.txt'), 'x') },
  ...['consent.txt', 'deidentified.json', 'index.csv'].map((name) => ({
    name: `data/${name} added, and the manifests made to fit`,
    damage: 'bag',
    change: (folder: string) => {
      writeFileSync(join(folder, 'data', name), 'The patient agreed.\n');
      return forge(folder, {});
    },
  })),
  {
    name: 'genuine copies below data/sessions, which are checked, and forged events beside them, which are read',
    damage: 'bag',
    change: async (folder) => {
      const genuine = await readFolder(folder);
      for (const [path, bytes] of genuine) {
        const copy = join(folder, 'data/sessions/x', path);
        mkdirSync(dirname(copy), { recursive: true });
        writeFileSync(copy, bytes);
      }
      await forge(folder, { [EVENTS]: (text) => text.replace('12000', '1') });
    },
  },
];

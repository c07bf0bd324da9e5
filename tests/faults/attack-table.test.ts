import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RECORD_ATTACKS } from './record-attack-list.ts';

// docs/security.md is only worth reading as long as it says what the tests show, limits included.

const text = readFileSync(fileURLToPath(new URL('../../docs/security.md', import.meta.url)), 'utf8');
const section = (title: string): string => text.split('\n## ').find((part) => part.startsWith(title)) ?? '';
const rows = [...section('Attacks').matchAll(/^\| (\d+) \|(.*)\|$/gm)].map(([, number = '', cells = '']) => {
  const [name = '', who = '', record = '', sealed = '', medium = '', why = ''] = cells
    .split('|')
    .map((cell) => cell.trim());
  return { number: Number(number), name, who, shown: [record, sealed, medium], why };
});

test('the table has each attack once, and says at which level what shows it', () => {
  expect(RECORD_ATTACKS).toHaveLength(40);
  const expected = RECORD_ATTACKS.map(({ number, name, shown }) => ({
    number,
    name,
    shown: shown.map((what) => what ?? '**nothing**'),
  }));
  expect(rows.map(({ number, name, shown }) => ({ number, name, shown }))).toEqual(expected);
});

test('each row says who can do it and why it shows or not', () => {
  expect(rows.filter(({ who, why }) => who === '' || why === '')).toEqual([]);
});

test('the limits that no level shows are explained, each by its number', () => {
  const limits = section('What nothing shows');
  const named = new Set([...limits.matchAll(/\(([\d, ]+)\)/g)].flatMap(([, numbers = '']) => numbers.split(', ')));
  // What the sealed anchor shows is no limit of the station, which always keeps one.
  const unseen = RECORD_ATTACKS.filter(({ shown: [, sealed] }) => sealed === null).map(({ number }) => String(number));
  expect(unseen.filter((number) => !named.has(number))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// docs/security.md is only worth reading as long as each of its rows has a test that tries the attack.

const text = readFileSync(fileURLToPath(new URL('../../docs/security.md', import.meta.url)), 'utf8');
const rows = [...text.matchAll(/^\| (\d+) \|(.*)$/gm)].map(([, number, cells = '']) => ({
  number: Number(number),
  cells,
}));

test('the table has each of the 28 attacks once', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 28 }, (_, index) => index + 1));
});

test.each(rows)('attack $number has a test that stands in the file named', ({ cells }) => {
  const named = [...cells.matchAll(/`(tests\/[\w./-]+\.test\.ts)` "([^"]+)"/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, file = '', name = ''] of named) {
    const source = readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');
    expect(source).toContain(name);
  }
});

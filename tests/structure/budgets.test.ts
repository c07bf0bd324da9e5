import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, trackedFiles } from './sources.ts';

const HARD_LINES = 400;
const NINETY_PERCENT_LINES = 300;
const MEDIAN_LINES = 100;

const code = trackedFiles(/\.(ts|tsx|css|mjs)$/);
const lengths = code
  .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
  .toSorted((a, b) => a.lines - b.lines);
const at = (share: number): number => lengths[Math.floor((lengths.length - 1) * share)]?.lines ?? 0;

describe('budgets of the source', () => {
  test('no file is over 400 lines', () => {
    expect(lengths.filter(({ lines }) => lines > HARD_LINES)).toEqual([]);
  });

  test('nine of ten files stay under 300 lines', () => {
    expect(at(0.9)).toBeLessThan(NINETY_PERCENT_LINES);
  });

  test('the median file stays within 100 lines', () => {
    expect(at(0.5)).toBeLessThanOrEqual(MEDIAN_LINES);
  });

  test('no barrel files, no folder called shared', () => {
    const barrels = code.filter(
      ({ text }) =>
        text.trim() !== '' &&
        text
          .trim()
          .split('\n')
          .every((line) => /^export .* from /.test(line)),
    );
    expect(barrels.map(({ path }) => path)).toEqual([]);
    expect(code.filter(({ path }) => path.split('/').includes('shared')).map(({ path }) => path)).toEqual([]);
  });

  test('no marks of unfinished or silenced work', () => {
    const marks =
      /\b(TODO|FIXME|XXX|HACK)\b|\.(only|todo)\(|(istanbul|v8) ignore|@ts-(ignore|expect-error|nocheck)|\bas any\b/;
    const marked = code.filter(({ path, text }) => !path.startsWith('tests/structure/') && marks.test(text));
    expect(marked.map(({ path }) => path)).toEqual([]);
  });

  test('no path of a machine and no registry host stands in the project', () => {
    const everything = trackedFiles(/\.(ts|tsx|css|mjs|md|json|yml|yaml|html|sql)$/);
    const above = join(dirname(ROOT), '/');
    const wrong = everything.filter(
      ({ path, text }) =>
        !path.startsWith('tests/structure/') &&
        ((above.length > 6 && text.includes(above)) || text.includes('registry.npmjs.org')),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../structure/sources.ts';

/** Where a row says that it is shown: a test file and a piece of a title in it. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

export interface Row {
  readonly id: string;
  readonly cells: readonly string[];
  readonly requirements: readonly string[];
  readonly tests: readonly NamedTest[];
  /** Source files that carry a control. */
  readonly files: readonly string[];
  readonly state: string;
}

export interface HazardRow extends Row {
  /** `run` or `none`: whether a run takes a control of this hazard out. */
  readonly removal: string;
}

export interface RequirementRow extends Row {
  readonly missing: string;
}

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The table under a second-level heading. */
function tableUnder(heading: string): Table {
  const text = readFileSync(join(ROOT, 'docs', 'hazards.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const [header = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);
  return { header, rows };
}

/** `none`, or tests as `file` "title". Anything else comes back as a test that does not exist. */
function testsIn(cell: string): readonly NamedTest[] {
  if (cell === 'none') return [];
  const tests = [...cell.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file = '', title = '']) => ({ file, title }));
  return tests.length > 0 ? tests : [{ file: cell, title: '' }];
}

function rowsUnder(heading: string): readonly (Row & { readonly cell: (name: string) => string })[] {
  const { header, rows } = tableUnder(heading);
  return rows.map((cells) => {
    const cell = (name: string) => cells[header.indexOf(name)] ?? '';
    return {
      cell,
      cells: header.map((_, index) => cells[index] ?? ''),
      id: cell('id'),
      requirements: cells.join(' ').match(/R-\d+\.\d+/g) ?? [],
      tests: testsIn(cell('tests')),
      files: [...cell('controls').matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
      state: cell('state'),
    };
  });
}

export const hazardRows = (): readonly HazardRow[] =>
  rowsUnder('Hazards').map((row) => ({ ...row, removal: row.cell('removal') }));

export const requirementRows = (): readonly RequirementRow[] =>
  rowsUnder('Requirements').map((row) => ({ ...row, missing: row.cell('missing') }));

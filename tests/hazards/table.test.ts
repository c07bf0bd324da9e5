import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../structure/sources.ts';
import { CONTROLS } from './controls.ts';
import { hazardRows, requirementRows, type Row } from './hazards-document.ts';
import { HAZARDS, REQUIREMENTS } from './ids.ts';

const hazards = hazardRows();
const requirements = requirementRows();
const idsOf = (rows: readonly Row[]) => rows.map(({ id }) => id);

function holdsTitle(file: string, title: string): boolean {
  const path = join(ROOT, file);
  return existsSync(path) && readFileSync(path, 'utf8').includes(title);
}

describe('docs/hazards.md', () => {
  test('has every hazard and every requirement once, in order', () => {
    expect(idsOf(hazards)).toEqual(HAZARDS.map(String));
    expect(idsOf(requirements)).toEqual(REQUIREMENTS);
  });

  test('calls a requirement met, partly or open, and a hazard met or open with its reason', () => {
    expect(requirements.filter(({ state }) => !['met', 'partly', 'open'].includes(state))).toEqual([]);
    expect(hazards.filter(({ state }) => !/^(met|open: \S.*)$/.test(state))).toEqual([]);
  });

  test('says what is missing of each requirement that is not met, and of no other', () => {
    expect(idsOf(requirements.filter(({ state, missing }) => (state === 'met') !== (missing === '-')))).toEqual([]);
  });

  test('says of each hazard whether a run takes its control out, as the table of controls has it', () => {
    const removed = new Set(CONTROLS.map(({ hazard }) => String(hazard)));
    for (const { id, removal } of hazards) expect([id, removal]).toEqual([id, removed.has(id) ? 'run' : 'none']);
  });
});

describe('the rows of docs/hazards.md', () => {
  const rows: readonly Row[] = [...hazards, ...requirements];

  test('have no empty cell', () => {
    expect(idsOf(rows.filter(({ cells }) => cells.includes('')))).toEqual([]);
  });

  test('name requirements, and only such that exist', () => {
    expect(idsOf(rows.filter((row) => row.requirements.length === 0))).toEqual([]);
    expect(rows.flatMap((row) => row.requirements).filter((id) => !REQUIREMENTS.includes(id))).toEqual([]);
  });

  test('name files that exist', () => {
    expect(rows.flatMap(({ files }) => files).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('name tests that stand in the file they name', () => {
    expect(rows.flatMap(({ tests }) => tests).filter(({ file, title }) => !holdsTitle(file, title))).toEqual([]);
  });

  test('are met only with a test', () => {
    expect(idsOf(rows.filter(({ state, tests }) => state === 'met' && tests.length === 0))).toEqual([]);
  });
});

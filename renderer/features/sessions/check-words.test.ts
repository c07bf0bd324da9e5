import { expect, test } from 'vitest';
import { anchorWords, lastCheckWords, progressOf, progressWords, sessionCheckWords } from './check-words.ts';

const CHECK = {
  at: '2026-11-22T14:30:05.120+01:00',
  by: 'Jonas Brandt',
  rows: 4120,
  whole: true,
  detail: null,
  root: 'ab',
};
const DAMAGED = { ...CHECK, whole: false, detail: 'row 31: its hash does not fit' };

test('the last check is told with time and zone, person, rows and what came since', () => {
  expect(lastCheckWords({ last: CHECK, rowsNow: 4200 })).toBe(
    'Last full check 2026-11-22 14:30:05 +01:00 by Jonas Brandt, rows 1 to 4120: ✓ whole. 80 rows came since.',
  );
  expect(lastCheckWords({ last: DAMAGED, rowsNow: 4200 })).toContain('✗ DAMAGED. row 31');
  const detail = 'The pages of its file were not checked: its disk is full.';
  expect(lastCheckWords({ last: { ...CHECK, detail }, rowsNow: 4200 })).toContain(`✓ whole. ${detail} 80 rows`);
  expect(lastCheckWords({ last: null, rowsNow: 3 })).toContain('never checked');
});

test('a check that is under way says and shows how far its step is: rows, the copy, its pages', () => {
  const rows = { rowsDone: 41, rowsTotal: 96, pages: null };
  expect([progressWords(rows), progressOf(rows)]).toEqual(['Checking: 41 of 96 rows', { value: 41, max: 96 }]);
  const copy = { rowsDone: 96, rowsTotal: 96, pages: { part: 'copy', done: 100, total: 300 } } as const;
  expect(progressWords(copy)).toBe('All rows fit. Copying the file to check its pages: 100 of 300 pages');
  const pages = { ...copy, pages: { part: 'pages', done: 0, total: 300 } } as const;
  expect(progressWords(pages)).toMatch(/Checking the pages of a copy: 0 of 300 pages; the largest table is one step/);
  expect(progressOf(pages)).toEqual({ value: 0, max: 300 });
});

test('what no anchor covers is called not proven, also where an anchor is not kept', () => {
  const here = { place: 'the anchor of this computer', rows: 90, failure: null };
  const stick = { place: 'the second medium', rows: 100, failure: 'it is not there' };
  expect(anchorWords({ anchors: [here, stick], rowsNow: 100 })).toEqual([
    'the anchor of this computer proves rows 1 to 90.',
    'the second medium is not kept: it is not there',
    expect.stringContaining('NOT proven: the newest 10 rows'),
  ]);
  expect(anchorWords({ anchors: [{ ...here, rows: 100 }], rowsNow: 100 }).at(-1)).toBe('Every row has an anchor.');
  expect(anchorWords({ anchors: [], rowsNow: 7 })).toEqual([expect.stringContaining('newest 7 rows')]);
});

test('a session is verified only when its last row was in the check', () => {
  expect(sessionCheckWords({ checked: CHECK, rowsUpTo: 4120 }, 'verified')).toMatchObject({ tone: 'info' });
  expect(sessionCheckWords({ checked: CHECK, rowsUpTo: 4121 }, 'not-verified')).toMatchObject({
    tone: 'soft',
    text: expect.stringContaining('went to row 4120, this session goes on to row 4121'),
  });
  expect(sessionCheckWords({ checked: DAMAGED, rowsUpTo: 9 }, 'damaged')).toMatchObject({ tone: 'hard' });
  expect(sessionCheckWords({ checked: null, rowsUpTo: 9 }, 'not-verified')).toMatchObject({ tone: 'soft' });
});

test('a check from before this start of the station does not make a session verified', () => {
  expect(sessionCheckWords({ checked: CHECK, rowsUpTo: 9 }, 'not-verified')).toMatchObject({
    tone: 'soft',
    text: expect.stringContaining('Not verified since the station was started'),
  });
});

import { expect, test } from 'vitest';
import { lost, restoredSentences } from './restored-facts.ts';

const end = (rows: number) => ({ rows, root: '00', lastRowAt: `2026-11-2${rows % 10}T10:00:00.000Z` });
const FACTS = { ...end(41), at: '2026-11-25T08:00:00.000Z', copy: 'c.db', movedTo: 'old', anchoredRows: null };

test.each([
  ['by the old record', { replaced: end(44), anchoredRows: 43 }, ['Rows 42 to 44 are lost, written until 2026-11-24']],
  ['one row of it', { replaced: end(42), anchoredRows: null }, ['Row 42 is lost, written until']],
  ['nothing', { replaced: end(41), anchoredRows: 41 }, ['No row after row 41 of']],
  [
    'by an anchor that proves more',
    { replaced: end(42), anchoredRows: 50 },
    ['Rows 42 to 50 are lost, as an anchor proves'],
  ],
  ['by the anchor alone', { replaced: null, anchoredRows: 50 }, ['Rows 42 to 50 are lost, as an anchor', 'Rows after']],
  ['by nobody', { replaced: null, anchoredRows: null }, ['What was recorded after row 41']],
])('what is lost is told: %s', (_how, known, begins) => {
  const sentences = lost({ ...FACTS, ...known });
  expect(sentences).toHaveLength(begins.length);
  for (const [index, start] of begins.entries()) expect(sentences[index]?.startsWith(start)).toBe(true);
});

test('who signs reads which copy, what is lost, where the old record is, and what to ask of patients and people', () => {
  const text = restoredSentences({ ...FACTS, replaced: end(44) }).join('\n');
  expect(text).toMatch(/c\.db[^]*Rows 42 to 44[^]*folder old[^]*last 24 h[^]*list of people/);
});

test('times are told with their zone, as people read them', () => {
  const text = restoredSentences({ ...FACTS, replaced: end(44) }).join('\n');
  expect(text).toContain('On 2026-11-25 08:00:00 UTC the copy');
  expect(text).toContain('written until 2026-11-24 10:00:00 UTC; the last row kept is of 2026-11-21 10:00:00 UTC.');
  expect(text).not.toMatch(/\dT\d/);
});

import fc from 'fast-check';
import bidiFactory from 'bidi-js';
import { describe, expect, test } from 'vitest';
import { type Line, linesOf, type Measures, type Run } from './lines.ts';

/** Every letter is a point wide; the font that is set has no Han and no kana. */
const MEASURES: Measures = {
  faceOf: (character) => (/[\p{Script=Han}\p{Script=Hiragana}]/u.test(character) ? 'fallback' : 'own'),
  widthOf: ({ text }) => text.length,
  isTurned: ({ text }) => /[\p{Script=Hebrew}\p{Script=Arabic}\u0660-\u0669]/u.test(text),
};

const WIDE = Number.POSITIVE_INFINITY;

function runsOf(text: string): readonly Run[] {
  return linesOf(text, WIDE, MEASURES).flatMap(({ runs }) => runs);
}

/** As the eye meets it from left to right, once shaping has turned what it turns around. */
function seen({ runs }: Line): string {
  return runs.map((run) => (MEASURES.isTurned(run) ? Array.from(run.text).toReversed().join('') : run.text)).join('');
}

describe('the order of a line', () => {
  test('two Arabic words stand from right to left, as one run', () => {
    expect(runsOf('محمد علي')).toEqual([{ text: 'محمد علي', face: 'own' }]);
  });

  test('a Hebrew name within an English sentence stays where the sentence has it, its bracket and its number turned', () => {
    expect(runsOf('Seen by דוד (כהן) 12 at noon').map(({ text }) => text)).toEqual([
      'Seen by ',
      '12',
      'דוד )כהן( ',
      ' at noon',
    ]);
  });

  test('letters that the font lacks are a run of their own, a mark stays with its letter', () => {
    expect(runsOf('Ada 李小\u0301 b')).toEqual([
      { text: 'Ada ', face: 'own' },
      { text: '李小\u0301', face: 'fallback' },
      { text: ' b', face: 'own' },
    ]);
  });

  test('is that of another implementation of UAX #9 for any mix', () => {
    const bidi = bidiFactory();
    const letter = fc.constantFrom(...Array.from('abאבגمح12٣٤ ().-,李'));
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 24 }), (mixed) => {
        const text = mixed.trimEnd();
        const [line] = linesOf(text, WIDE, MEASURES);
        const expected = text === '' ? '' : bidi.getReorderedString(text, bidi.getEmbeddingLevels(text));
        expect(line === undefined ? null : seen(line)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the lines of a text', () => {
  test('are no wider than the column, lose no letter, and end between words, or between Han', () => {
    const lines = linesOf('Her sister أمل calls 李小龍山田太郎 tomorrow', 12, MEASURES);
    expect(lines.map(({ runs }) => runs.map(({ text }) => text).join(''))).toEqual([
      'Her sister',
      'أمل calls 李小',
      '龍山田太郎',
      'tomorrow',
    ]);
  });

  test('break a word where it is wider than the column, and never within a letter of two halves', () => {
    expect(linesOf('ab𠮷cdef', 3, MEASURES).map(({ runs }) => runs.map(({ text }) => text).join(''))).toEqual([
      'ab',
      '𠮷c',
      'def',
    ]);
  });

  test('closing marks stay with what they close; ends of lines stay', () => {
    const texts = linesOf('李小（龍）。\n\n山', 5, MEASURES).map(({ runs }) => runs.map(({ text }) => text).join(''));
    expect(texts).toEqual(['李小（', '龍）。', '', '山']);
  });
});

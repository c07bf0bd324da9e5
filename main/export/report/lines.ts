import bidiFactory, { type Bidi } from 'bidi-js';

// Its types are of a module of the other kind than the one that is loaded.
const bidi = (bidiFactory as unknown as () => Bidi)();

/** Which of two fonts draws a letter: the one that is set, or the one for letters that it lacks. */
export type Face = 'own' | 'fallback';

/** A stretch of a line in one font and one direction. As it is read: whoever shapes it turns it around. */
export interface Run {
  readonly text: string;
  readonly face: Face;
}

export interface Line {
  /** From left to right. */
  readonly runs: readonly Run[];
  /** In points. */
  readonly width: number;
}

export interface Measures {
  faceOf(character: string): Face;
  /** Whether shaping turns it around, by the script that it is taken for. */
  isTurned(run: Run): boolean;
  /** In points. */
  widthOf(run: Run): number;
}

/**
 * Lines of a text in more than one font or from right to left, each no wider than `width` points: by the Unicode
 * Bidirectional Algorithm (UAX #9), the direction of each paragraph by its first letter that has one.
 */
export function linesOf(text: string, width: number, measures: Measures): readonly Line[] {
  return text.split('\n').flatMap((paragraph) => new Paragraph(paragraph, measures).lines(width));
}

interface Stretch extends Run {
  readonly level: number;
}

class Paragraph {
  readonly #text: string;
  readonly #measures: Measures;
  readonly #levels: Uint8Array;
  readonly #mirrored: ReadonlyMap<number, string>;
  /** By code unit. */
  readonly #faces: readonly Face[];

  constructor(text: string, measures: Measures) {
    this.#text = text;
    this.#measures = measures;
    this.#levels = text === '' ? new Uint8Array() : bidi.getEmbeddingLevels(text).levels;
    this.#mirrored = text === '' ? new Map() : bidi.getMirroredCharactersMap(text, this.#levels);
    this.#faces = facesOf(text, measures);
  }

  lines(width: number): readonly Line[] {
    const lines: Line[] = [];
    let start = 0;
    let end = 0;
    for (const unit of this.#unitsWithin(width)) {
      const next = end + unit.length;
      if (end > start && this.#width(start, next) > width) {
        lines.push(this.#line(start, end));
        start = end;
      }
      end = next;
    }
    return [...lines, this.#line(start, end)];
  }

  /** What is not broken: words, or their letters where one is wider than the line. */
  #unitsWithin(width: number): readonly string[] {
    let at = 0;
    return (this.#text.match(UNIT) ?? []).flatMap((unit) => {
      const from = at;
      at += unit.length;
      return this.#width(from, at) > width ? lettersOf(unit) : [unit];
    });
  }

  #width(start: number, end: number): number {
    return this.#stretches(start, end).reduce((sum, run) => sum + this.#measures.widthOf(run), 0);
  }

  #line(start: number, end: number): Line {
    const runs = inOrder(this.#stretches(start, end)).map(({ text, face }): Run => ({ text, face }));
    return { runs, width: runs.reduce((sum, run) => sum + this.#measures.widthOf(run), 0) };
  }

  /** Of one font and one level each, without the blanks at the end. */
  #stretches(start: number, end: number): readonly Stretch[] {
    const last = start + this.#text.slice(start, end).trimEnd().length;
    const stretches: Stretch[] = [];
    let from = start;
    for (let at = start; at < last; at += 1) {
      const [level, face] = [this.#levels[at] ?? 0, this.#faces[at] ?? 'own'];
      if (at + 1 < last && this.#levels[at + 1] === level && this.#faces[at + 1] === face) continue;
      stretches.push({ text: this.#told(from, at + 1, { face, level }), face, level });
      from = at + 1;
    }
    return stretches;
  }

  /** Brackets are turned around here; also what shaping leaves as it is, and shall not, or turns, and shall not: numbers. */
  #told(from: number, to: number, { face, level }: Pick<Stretch, 'face' | 'level'>): string {
    const units = Array.from(
      { length: to - from },
      (_, index) => this.#mirrored.get(from + index) ?? this.#text[from + index],
    );
    const text = units.join('');
    return this.#measures.isTurned({ text, face }) === (level % 2 === 1) ? text : lettersOf(text).toReversed().join('');
  }
}

const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
/** Between two of them a line may end. Closing marks stay with what they close. */
const UNIT = new RegExp(
  String.raw`[${CJK}]\p{Pe}*[\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f]*\s*|[^\s${CJK}]+\s*|\s+`,
  'gu',
);

const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });
const lettersOf = (text: string): string[] => Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);

/** A mark is drawn by the font of the letter that it stands on, where that font has it. */
function facesOf(text: string, measures: Measures): readonly Face[] {
  const faces: Face[] = [];
  for (const character of text) {
    const own = measures.faceOf(character);
    const face = own === 'own' && /\p{M}/u.test(character) ? (faces.at(-1) ?? own) : own;
    for (let unit = 0; unit < character.length; unit += 1) faces.push(face);
  }
  return faces;
}

/** UAX #9, rule L2: from the highest level down, whatever is at least that deep is reversed. */
function inOrder(stretches: readonly Stretch[]): readonly Stretch[] {
  const highest = Math.max(0, ...stretches.map(({ level }) => level));
  let order = [...stretches];
  for (let level = highest; level > 0; level -= 1) {
    const next: Stretch[] = [];
    let deep: Stretch[] = [];
    for (const stretch of order) {
      if (stretch.level >= level) deep.push(stretch);
      else {
        next.push(...deep.toReversed(), stretch);
        deep = [];
      }
    }
    order = [...next, ...deep.toReversed()];
  }
  return order;
}

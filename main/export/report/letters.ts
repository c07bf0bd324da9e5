import type PDFDocument from 'pdfkit';
import type { FontName, Fonts } from './fonts.ts';
import { type Glyphs, legible } from './legible.ts';
import { type Line, linesOf, type Measures } from './lines.ts';

export interface TextStyle {
  readonly font?: FontName;
  /** In points. */
  readonly size?: number;
  readonly color?: string;
  /** In points; lines are broken there. */
  readonly width?: number;
  readonly align?: 'left' | 'right' | 'center';
}

type Document = InstanceType<typeof PDFDocument>;

/** As fontkit has it. */
interface Shaped extends Glyphs {
  layout(text: string): { readonly direction: 'ltr' | 'rtl' };
}

/** What pdfkit keeps of the font that is set, where its types do not show it. In thousandths of the size. */
interface SetFont {
  readonly font: Shaped;
  readonly ascender: number;
}

const SIZE = 8.5;
/** Of the fonts of the report: scripts that are in them and are written from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Nko}]/u;
const PLAIN = /^[\n\x20-\x7e]*$/;
/** pdfkit lays a text out as one, not word by word from left to right, only where it is given features. */
const AS_ONE: PDFKit.Mixins.TextOptions = { lineBreak: false, features: [] };

/** Writes texts of any script: by pdfkit what the font that is set can draw from left to right, line by line everything else. */
export class Letters {
  readonly #doc: Document;
  readonly #fonts: Fonts;
  #fallback: Shaped | null = null;

  constructor(doc: Document, fonts: Fonts) {
    this.#doc = doc;
    this.#fonts = fonts;
    for (const name of ['plain', 'bold', 'mono'] as const) doc.registerFont(name, fonts[name]);
  }

  /** Without moving on. */
  write(text: string, x: number, y: number, style: TextStyle): void {
    const { width, align = 'left', color = '#000000' } = style;
    const own = this.#set(style);
    const told = this.#legible(text, own, style);
    this.#doc.fillColor(color);
    if (!isPlain(told, own.font)) return this.#writeLines(told, x, y, own, style);
    this.#doc.text(told, x, y, { align, lineBreak: width !== undefined, ...(width !== undefined && { width }) });
  }

  widthOf(text: string, style: TextStyle): number {
    const own = this.#set(style);
    const told = this.#legible(text, own, style);
    if (isPlain(told, own.font)) return this.#doc.widthOfString(told);
    return Math.max(...this.#lines(told, Number.POSITIVE_INFINITY, own, style).map(({ width }) => width));
  }

  heightOf(text: string, width: number, style: TextStyle): number {
    const own = this.#set(style);
    const told = this.#legible(text, own, style);
    if (isPlain(told, own.font)) return this.#doc.heightOfString(told, { width });
    return this.#lines(told, width, own, style).length * this.#lineHeight(style);
  }

  #set({ font = 'plain', size = SIZE }: TextStyle): SetFont {
    this.#doc.font(font).fontSize(size);
    return this.#current();
  }

  #current(): SetFont {
    const { _font: current } = this.#doc as unknown as { readonly _font: SetFont };
    return current;
  }

  #legible(text: string, own: SetFont, style: TextStyle): string {
    if (PLAIN.test(text)) return text;
    const either = {
      hasGlyphForCodePoint: (codePoint: number) =>
        own.font.hasGlyphForCodePoint(codePoint) || this.#other(style).hasGlyphForCodePoint(codePoint),
    };
    return legible(text, either);
  }

  /** The font for letters that the others lack, opened when the first one comes. */
  #other(style: TextStyle): Shaped {
    if (this.#fallback === null) {
      this.#doc.registerFont('fallback', this.#fonts.fallback());
      this.#doc.font('fallback');
      this.#fallback = this.#current().font;
      this.#set(style);
    }
    return this.#fallback;
  }

  #lines(told: string, width: number, own: SetFont, style: TextStyle): readonly Line[] {
    const measures: Measures = {
      faceOf: (character) => (own.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) ? 'own' : 'fallback'),
      isTurned: ({ text, face }) => (face === 'own' ? own.font : this.#other(style)).layout(text).direction === 'rtl',
      widthOf: ({ text, face }) => {
        this.#doc.font(face === 'own' ? (style.font ?? 'plain') : face);
        return this.#doc.widthOfString(text, AS_ONE);
      },
    };
    const lines = linesOf(told, width, measures);
    this.#set(style);
    return lines;
  }

  #lineHeight(style: TextStyle): number {
    this.#set(style);
    return this.#doc.currentLineHeight(true);
  }

  #writeLines(told: string, x: number, y: number, own: SetFont, style: TextStyle): void {
    const { font = 'plain', size = SIZE, width, align = 'left' } = style;
    const height = this.#lineHeight(style);
    const share = { left: 0, center: 0.5, right: 1 }[align];
    for (const [index, line] of this.#lines(told, width ?? Number.POSITIVE_INFINITY, own, style).entries()) {
      let at = x + (width === undefined ? 0 : (width - line.width) * share);
      // Letters of both fonts stand on one line.
      const baseline = y + index * height + (own.ascender / 1000) * size;
      for (const { text, face } of line.runs) {
        this.#doc.font(face === 'own' ? font : face).fontSize(size);
        this.#doc.text(text, at, baseline, { ...AS_ONE, baseline: 'alphabetic' });
        at += this.#doc.widthOfString(text, AS_ONE);
      }
    }
  }
}

function isPlain(text: string, glyphs: Glyphs): boolean {
  if (PLAIN.test(text)) return true;
  if (RIGHT_TO_LEFT.test(text)) return false;
  return Array.from(text).every((each) => each === '\n' || glyphs.hasGlyphForCodePoint(each.codePointAt(0) ?? 0));
}

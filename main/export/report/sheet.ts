import PDFDocument from 'pdfkit';
import type { Fonts } from './fonts.ts';
import { Letters, type TextStyle } from './letters.ts';

export const INK = { text: '#14202e', soft: '#5b6775', line: '#d3dae3', tint: '#f2f5f9', accent: '#1f4fbf' } as const;

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89, left: 42, right: 42, top: 64, bottom: 58 } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;
export const CONTENT_HEIGHT = PAGE.height - PAGE.top - PAGE.bottom;

export interface SheetOptions {
  readonly title: string;
  readonly subject: string;
  /** What every page says of itself, in a line. */
  readonly foot: string;
  readonly author: string;
  readonly keywords: string;
  readonly simulated: boolean;
  /** Date of the document: the same input gives the same bytes. */
  readonly date: Date;
  readonly fonts: Fonts;
}

type Document = InstanceType<typeof PDFDocument>;

/** A PDF/A-3b document under the pen: pages with their running lines, tagged text, and how far down the page we are. */
export class Sheet {
  readonly doc: Document;
  y: number = PAGE.top;
  readonly #options: SheetOptions;
  readonly #letters: Letters;
  readonly #chunks: Buffer[] = [];

  constructor(options: SheetOptions) {
    this.#options = options;
    const { title, author, subject, keywords, date, fonts } = options;
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      tagged: true,
      lang: 'en-GB',
      displayTitle: true,
      font: '',
      info: { Title: title, Author: author, Subject: subject, Keywords: keywords, CreationDate: date, ModDate: date },
    });
    this.#letters = new Letters(this.doc, fonts);
    this.doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.page();
  }

  page(): void {
    this.doc.addPage();
    this.y = PAGE.top;
    this.artifact(() => this.#runningHead());
  }

  /** Room left on this page, in points. */
  get room(): number {
    return PAGE.height - PAGE.bottom - this.y;
  }

  /** Goes on a new page where `height` points do not fit on this one. */
  need(height: number): void {
    if (height > this.room) this.page();
  }

  /** Writes at a place, without moving on. */
  text(text: string, x: number, y: number, style: TextStyle = {}): void {
    this.#letters.write(text, x, y, { color: INK.text, ...style });
  }

  widthOf(text: string, style: TextStyle = {}): number {
    return this.#letters.widthOf(text, style);
  }

  heightOf(text: string, width: number, style: TextStyle = {}): number {
    return this.#letters.heightOf(text, width, style);
  }

  /** The text in pieces that are each no higher than `height` points, broken at a blank where there is one. */
  pieces(text: string, width: number, height: number, style: TextStyle = {}): readonly string[] {
    const pieces: string[] = [];
    let rest = text;
    while (this.heightOf(rest, width, style) > height) {
      let [fits, over] = [1, rest.length];
      while (over - fits > 1) {
        const middle = Math.floor((fits + over) / 2);
        if (this.heightOf(rest.slice(0, middle), width, style) > height) over = middle;
        else fits = middle;
      }
      const piece = /^[^]*\S(?=\s)/.exec(rest.slice(0, fits + 1))?.[0] ?? wellFormed(rest.slice(0, fits));
      pieces.push(piece);
      rest = rest.slice(piece.length).trimStart();
    }
    return [...pieces, rest];
  }

  /** What screen readers hear, in the order of the page. @param tag PDF structure type */
  element(tag: string, draw: () => void, alt?: string): void {
    this.doc.addStructure(this.doc.struct(tag, alt === undefined ? {} : { alt }, draw));
  }

  /** Decoration: not for screen readers. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  heading(text: string, note = ''): void {
    this.need(60);
    this.y += this.y === PAGE.top ? 0 : 14;
    const { y } = this;
    const title = { font: 'bold', size: 11.5, color: INK.accent } as const;
    const beside = this.widthOf(text, title) + 12;
    const width = CONTENT_WIDTH - beside;
    const more = Math.max(0, this.heightOf(note, width, { size: 7.5 }) - this.heightOf(' ', width, { size: 7.5 }));
    this.element('H2', () => {
      this.text(text, PAGE.left, y, title);
      if (note === '') return;
      this.text(note, PAGE.left + beside, y + 2.5, { size: 7.5, color: INK.soft, width, align: 'right' });
    });
    const under = y + 16 + more;
    this.artifact(() => this.line(PAGE.left, under, PAGE.width - PAGE.right, under, INK.accent, 0.8));
    this.y = under + 6;
  }

  paragraph(text: string, style: TextStyle = {}): void {
    for (const piece of this.pieces(text, CONTENT_WIDTH, CONTENT_HEIGHT, style)) {
      const height = this.heightOf(piece, CONTENT_WIDTH, style);
      this.need(height);
      const { y } = this;
      this.element('P', () => this.text(piece, PAGE.left, y, { ...style, width: CONTENT_WIDTH }));
      this.y = y + height + 4;
    }
  }

  line(x1: number, y1: number, x2: number, y2: number, color: string = INK.line, width = 0.5): void {
    this.doc.lineWidth(width).strokeColor(color).moveTo(x1, y1).lineTo(x2, y2).stroke();
  }

  /** Numbers the pages and gives the bytes of the document. */
  async finish(): Promise<Buffer> {
    const { count } = this.doc.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.doc.switchToPage(index);
      this.artifact(() => this.#runningFoot(index + 1, count));
    }
    const ended = new Promise((resolve, reject) => this.doc.once('end', resolve).once('error', reject));
    this.doc.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #runningHead(): void {
    const { title, simulated } = this.#options;
    this.text(title, PAGE.left, 30, { font: 'bold', size: 9, color: INK.soft });
    if (simulated) this.#simulatedMark();
    this.line(PAGE.left, 48, PAGE.width - PAGE.right, 48);
  }

  /** No page of a simulation can be taken for one of a patient. */
  #simulatedMark(): void {
    const width = 214;
    const x = PAGE.width - PAGE.right - width;
    this.doc.rect(x, 25, width, 18).fill('#b3261e');
    const words = 'SIMULATED - NOT A REAL PATIENT';
    this.text(words, x, 29, { font: 'bold', size: 9, color: '#ffffff', width, align: 'center' });
  }

  #runningFoot(page: number, pages: number): void {
    const y = PAGE.height - 42;
    this.line(PAGE.left, y - 6, PAGE.width - PAGE.right, y - 6);
    const { foot } = this.#options;
    this.text(foot, PAGE.left, y, { size: 7, color: INK.soft });
    this.text('Chairside is not a cleared medical device.', PAGE.left, y + 10, { size: 7, color: INK.soft });
    const style = { size: 7, color: INK.soft, width: CONTENT_WIDTH, align: 'right' } as const;
    this.text(`Page ${page} of ${pages}`, PAGE.left, y, style);
  }
}

/** A character of two halves is not torn in two. */
function wellFormed(text: string): string {
  return text.length > 1 && !text.isWellFormed() ? text.slice(0, -1) : text;
}

import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

// For tests of reports: its pages as somebody sees them, drawn by another implementation, and where each text stands.

/** Pixels for each point of the page. */
export const SCALE = 2;

/** In points from the upper left corner. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From the head of its capitals to the foot of its descenders. */
export interface PlacedText extends Box {
  readonly text: string;
}

/** 0xRRGGBB */
export type Colour = number;

export interface DrawnPage {
  readonly number: number;
  /** Of the document. */
  readonly pages: number;
  readonly texts: readonly PlacedText[];
  readonly pixels: Pixels;
}

/** RGBA, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** One page after the other: a page of pixels is large. Rejects for what is no PDF. */
export async function* drawnPages(bytes: Buffer): AsyncGenerator<DrawnPage, void, void> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  try {
    const document = await task.promise;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      yield {
        number,
        pages: document.numPages,
        texts: await placedTexts(page),
        pixels: await pixelsOf(document, page),
      };
      page.cleanup();
    }
  } finally {
    await task.destroy();
  }
}

/** The first text that begins so. Throws TypeError where there is none. */
export function textOf({ texts, number }: Pick<DrawnPage, 'texts' | 'number'>, beginning: string): PlacedText {
  const found = texts.find(({ text }) => text.startsWith(beginning));
  if (found === undefined) throw new TypeError(`Nothing on page ${number} begins with ${beginning}.`);
  return found;
}

/** How many pixels within the box have this colour, give or take `distance` of each part. */
export function pixelsLike(colour: Colour, page: Pick<DrawnPage, 'pixels'>, box: Box, distance: number): number {
  const [wantedRed, wantedGreen, wantedBlue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
  const near = (part: number, wanted: number): boolean => Math.abs(part - wanted) <= distance;
  return pixelsThat(
    (red, green, blue) => near(red, wantedRed) && near(green, wantedGreen) && near(blue, wantedBlue),
    page,
    box,
  );
}

/** Pixels within the box that are red or orange, or a blend of it with the ground. */
export function warmPixels(page: Pick<DrawnPage, 'pixels'>, box: Box): number {
  return pixelsThat((red, _, blue) => red - blue > 40, page, box);
}

/** Pixels within the box that are not of blank paper. */
export function inkIn(page: Pick<DrawnPage, 'pixels'>, box: Box): number {
  return pixelsThat((red, green, blue) => Math.min(red, green, blue) < 252, page, box);
}

type Wanted = (red: number, green: number, blue: number) => boolean;

function pixelsThat(wanted: Wanted, { pixels: { width, height, data } }: Pick<DrawnPage, 'pixels'>, box: Box): number {
  const [from, to] = [Math.max(0, Math.floor(box.left * SCALE)), Math.min(width, Math.ceil(box.right * SCALE))];
  let found = 0;
  for (let y = Math.max(0, Math.floor(box.top * SCALE)); y < Math.min(height, box.bottom * SCALE); y += 1) {
    for (let at = (y * width + from) * 4; at < (y * width + to) * 4; at += 4) {
      if (wanted(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)) found += 1;
    }
  }
  return found;
}

type Drawing = Parameters<PDFPageProxy['render']>[0];

interface CanvasFactory {
  create(width: number, height: number): { canvas: Drawing['canvas']; context: NonNullable<Drawing['canvasContext']> };
}

async function pixelsOf(document: PDFDocumentProxy, page: PDFPageProxy): Promise<Pixels> {
  const viewport = page.getViewport({ scale: SCALE });
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
  const { canvas, context } = (document.canvasFactory as CanvasFactory).create(width, height);
  await page.render({ canvas, canvasContext: context, viewport }).promise;
  return context.getImageData(0, 0, width, height);
}

const ABOVE = 0.76;
const BELOW = 0.22;

async function placedTexts(page: PDFPageProxy): Promise<readonly PlacedText[]> {
  const { height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [size, left, baseline] = item.transform.slice(3).map(Number);
    if (size === undefined || left === undefined || baseline === undefined) return [];
    const y = height - baseline;
    return [{ text: item.str, left, right: left + item.width, top: y - ABOVE * size, bottom: y + BELOW * size }];
  });
}

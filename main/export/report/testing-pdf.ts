import { inflateSync } from 'node:zlib';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

// For tests of reports: what another implementation reads in them. In a PDF glyphs have the numbers of a cut font, so
// that no search of its bytes finds a word that is printed in it.

export interface ReadPdf {
  /** Printed text of each page, its lines as they were drawn. */
  readonly pages: readonly string[];
  /** What the document says of itself: its data, XMP metadata, outline, what screen readers hear, its attachments. */
  readonly about: string;
  readonly attachments: ReadonlyMap<string, Buffer>;
}

/** Reads a report with pdf.js. Rejects for what is no PDF. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  try {
    const document = await task.promise;
    const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
    const pages = await Promise.all(numbers.map(async (number) => document.getPage(number)));
    const { info, metadata } = await document.getMetadata();
    const attached = await document.getAttachments();
    const names = [...(attached ?? [])].map(([id, { filename, description }]) => ({ id, filename, description }));
    const heard = await Promise.all(pages.map(async (page) => page.getStructTree()));
    return {
      pages: await Promise.all(pages.map(printed)),
      about: JSON.stringify([info, metadata?.getRaw(), await document.getOutline(), heard, names]),
      attachments: new Map(
        await Promise.all(names.map(async ({ id, filename }) => [filename, await contentOf(document, id)] as const)),
      ),
    };
  } finally {
    await task.destroy();
  }
}

async function printed(page: Awaited<ReturnType<PDFDocumentProxy['getPage']>>): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
}

async function contentOf(document: PDFDocumentProxy, id: string): Promise<Buffer> {
  return Buffer.from((await document.getAttachmentContent(id)) ?? []);
}

/** Streams of a document as text, unpacked where they are packed: what its pages draw is among them. */
export function contentsOf(document: Buffer): readonly string[] {
  const found: string[] = [];
  for (let at = document.indexOf('stream\n'); at >= 0; at = document.indexOf('stream\n', at + 7)) {
    if (document.subarray(at - 3, at).toString() === 'end') continue;
    const content = document.subarray(at + 7, document.indexOf('\nendstream', at));
    // RFC 1950: the beginning of what is packed.
    found.push((content[0] === 0x78 ? inflateSync(content) : content).toString('latin1'));
  }
  return found;
}

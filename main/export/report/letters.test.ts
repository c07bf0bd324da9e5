import { beforeAll, describe, expect, test } from 'vitest';
import { type Fonts, loadFonts } from './fonts.ts';
import { Sheet } from './sheet.ts';
import { type Box, type DrawnPage, drawnPages, inkIn, SCALE } from './testing-pages.ts';

let fonts: Fonts;
let opened = 0;

beforeAll(() => {
  const loaded = loadFonts(null);
  const fallback = (): Buffer => {
    opened += 1;
    return loaded.fallback();
  };
  fonts = { ...loaded, fallback };
});

/** Of its texts those that are not of the running head and foot. */
async function drawn(draw: (sheet: Sheet) => void): Promise<DrawnPage> {
  const shown = { title: '', author: '', subject: '', foot: '', keywords: '', simulated: false } as const;
  const sheet = new Sheet({ ...shown, date: new Date(0), fonts });
  draw(sheet);
  for await (const page of drawnPages(await sheet.finish())) {
    return { ...page, texts: page.texts.filter(({ top }) => top > 60 && top < 700) };
  }
  throw new TypeError('It has no page.');
}

const LINE: Box = { left: 100, right: 300, top: 98, bottom: 118 };

function pixelsOf({ pixels: { width, data } }: DrawnPage, { left, right, top, bottom }: Box): readonly number[] {
  const rows = Array.from(
    { length: (bottom - top) * SCALE },
    (_, index) => ((top * SCALE + index) * width + left * SCALE) * 4,
  );
  return rows.flatMap((at) => [...data.subarray(at, at + (right - left) * SCALE * 4)]);
}

describe('letters of other scripts', { timeout: 60_000 }, () => {
  test('two Arabic words are drawn from right to left', async () => {
    const whole = await drawn((sheet) => sheet.text('محمد علي', 100, 100));
    const apart = await drawn((sheet) => {
      sheet.text('علي', 100, 100);
      sheet.text('محمد', 100 + sheet.widthOf('علي') + sheet.widthOf(' '), 100);
    });
    expect(inkIn(whole, LINE)).toBeGreaterThan(100);
    expect(pixelsOf(whole, LINE)).toEqual(pixelsOf(apart, LINE));
  });

  test('Hebrew letters, too, with what stands in brackets', async () => {
    const whole = await drawn((sheet) => sheet.text('אב(ג)', 100, 100));
    const apart = await drawn((sheet) => {
      let x = 100;
      for (const letter of ['(', 'ג', ')', 'ב', 'א']) {
        sheet.text(letter, x, 100);
        x += sheet.widthOf(letter);
      }
    });
    expect(pixelsOf(whole, LINE)).toEqual(pixelsOf(apart, LINE));
  });

  test('a number in Arabic figures is read from left to right, as ever', async () => {
    const whole = await drawn((sheet) => sheet.text('سنة ١٢', 100, 100));
    const apart = await drawn((sheet) => {
      let x = 100;
      for (const part of ['١', '٢', ' ', 'سنة']) {
        sheet.text(part, x, 100);
        x += sheet.widthOf(part);
      }
    });
    expect(pixelsOf(whole, LINE)).toEqual(pixelsOf(apart, LINE));
  });

  test('stand in their column, at the right edge where they are figures of a table', async () => {
    const page = await drawn((sheet) => sheet.text('李小龍 محمد', 100, 100, { width: 200, align: 'right' }));
    const [first] = page.texts;
    expect(page.texts.at(-1)?.right).toBeCloseTo(300, 0);
    expect(first?.left).toBeGreaterThan(220);
  });

  test('take as many lines as they are said to', async () => {
    let height = 0;
    const note = '李小龍和山田太郎在这里等着医生。'.repeat(12);
    const page = await drawn((sheet) => {
      height = sheet.heightOf(note, 200);
      sheet.text(note, 100, 100, { width: 200 });
    });
    const lowest = Math.max(...page.texts.map(({ bottom }) => bottom));
    expect(lowest).toBeGreaterThan(100 + height - 12);
    expect(lowest).toBeLessThanOrEqual(100 + height);
    expect(Math.max(...page.texts.map(({ right }) => right))).toBeLessThanOrEqual(300);
    expect(page.texts.map(({ text }) => text).join('')).toBe(note);
  });

  test('what the letters of the report can draw opens no other font', async () => {
    opened = 0;
    await drawn((sheet) => sheet.text('Zoë Łukasiewicz, Ωμέγα, Дмитрий, محمد, דוד', 100, 100));
    expect(opened).toBe(0);
    await drawn((sheet) => sheet.text('李, 龍', 100, 100));
    expect(opened).toBe(1);
  });
});

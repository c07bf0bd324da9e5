import { beforeAll, describe, expect, test } from 'vitest';
import type { SessionBundle } from '../../../db/trail.ts';
import { CONTEXT, recordedInfusion } from '../testing-infusion.ts';
import { factsOf } from '../write/session-bag.ts';
import { loadFonts } from './fonts.ts';
import { legible } from './legible.ts';
import { renderReport } from './report.ts';
import { contentsOf, readPdf } from './testing-pdf.ts';

let bundle: SessionBundle;

beforeAll(async () => {
  bundle = await recordedInfusion(2);
}, 180_000);

function reportOf(patientName: string): Promise<Buffer> {
  const session = { ...bundle.session, patientName };
  const facts = factsOf({ ...bundle, session }, CONTEXT);
  return renderReport({ facts, fonts: loadFonts(null), proof: null, notice: null, relativeTimes: false });
}

/** Numbers of the glyphs that a page shows; 0 is drawn as a box, and PDF/A forbids it. */
function glyphsOf(contents: readonly string[]): readonly string[] {
  const drawn = contents.filter((each) => each.includes(' Tf') && !each.includes('begincmap'));
  return drawn.flatMap((each) =>
    [...each.matchAll(/<((?:[0-9a-f]{4})+)>/g)].flatMap(([, text = '']) => text.match(/.{4}/g) ?? []),
  );
}

describe('a name in a report', { timeout: 60_000 }, () => {
  test.each([
    'Zoë Łukasiewicz',
    'Nguyễn Thị Ánh',
    'Дмитрий Їжак',
    'Ωμέγα',
    '李小龍',
    '김철수',
    'やまだ 太郎',
    'สมชาย ใจดี',
    'محمد علي الحسن',
    'דוד בן־גוריון',
  ])('%s is printed as it is', async (name) => {
    const pdf = await reportOf(name);
    expect((await readPdf(pdf)).pages[0]?.replaceAll('\n', ' ')).toContain(name);
    expect(glyphsOf(contentsOf(pdf))).not.toContain('0000');
  });

  test('of three scripts is printed in the order in which each is read', async () => {
    const [page = ''] = (await readPdf(await reportOf('Ada (محمد علي) 李'))).pages;
    for (const part of ['Ada', 'محمد علي', '李']) expect(page).toContain(part);
  });

  test('of which no font has a glyph is told by numbers, never lost or drawn as boxes', async () => {
    const pdf = await reportOf('李 Ada 𠮷 e\u0301');
    const [page = ''] = (await readPdf(pdf)).pages;
    expect(page.replaceAll('\n', '')).toContain('李 Ada [U+20BB7] é');
    const glyphs = glyphsOf(contentsOf(pdf));
    expect(glyphs.length).toBeGreaterThan(500);
    expect(glyphs).not.toContain('0000');
  });
});

test('blanks stay blanks, lines stay lines, what nobody sees is left out, controls are told', () => {
  const ascii = { hasGlyphForCodePoint: (codePoint: number) => codePoint < 128 };
  expect(legible('a\tb\u3000c\nd\u200be\ufeff\u0007', ascii)).toBe('a b c\nde[U+0007]');
});

test('of empty lines in a row one is left', () => {
  const ascii = { hasGlyphForCodePoint: (codePoint: number) => codePoint < 128 };
  expect(legible('a\nb\n\nc\n \n\n\nd', ascii)).toBe('a\nb\n\nc\n\nd');
});

test('what joins or parts Arabic letters stays, what turns the direction around does not', () => {
  const any = { hasGlyphForCodePoint: () => true };
  expect(legible('می\u200cخواهم a\u200cb \u202egnp.exe\u202c \u2067x\u2069', any)).toBe('می\u200cخواهم ab gnp.exe x');
});

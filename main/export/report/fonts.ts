import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** PDF/A embeds every glyph, so the report brings its own letters; DejaVu has Greek and most of Europe's. */
export const FONT_FILES = {
  plain: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const;

export type FontName = keyof typeof FONT_FILES;
export type Fonts = Readonly<Record<FontName, Buffer>>;

/** @param folder folder of the font files; null takes the ones of the package in node_modules */
export function loadFonts(folder: string | null): Fonts {
  const from = folder ?? join(dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/package.json'))), 'ttf');
  const load = (name: FontName): Buffer => readFileSync(join(from, FONT_FILES[name]));
  return { plain: load('plain'), bold: load('bold'), mono: load('mono') };
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTypeOf } from './woff.ts';

/** PDF/A embeds every glyph, so the report brings its own letters; DejaVu has Greek, Arabic, Hebrew and most of Europe's. */
export const FONT_FILES = {
  plain: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const;

/** Coarse, and of nearly all letters of the Basic Multilingual Plane. */
export const FALLBACK_FILE = 'unifontex-latin-400-normal.woff';

export type FontName = keyof typeof FONT_FILES;
export type Fonts = Readonly<Record<FontName, Buffer>> & {
  /** Letters that the others lack; read only where there is one. */
  readonly fallback: () => Buffer;
};

/** @param folder folder of the font files; null takes the ones of the packages in node_modules */
export function loadFonts(folder: string | null): Fonts {
  const from = folder ?? join(folderOf(import.meta.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const load = (name: FontName): Buffer => readFileSync(join(from, FONT_FILES[name]));
  const fallback = (): Buffer => {
    const own = folder ?? join(folderOf(import.meta.resolve('@fontsource/unifontex/package.json')), 'files');
    return openTypeOf(readFileSync(join(own, FALLBACK_FILE)));
  };
  return { plain: load('plain'), bold: load('bold'), mono: load('mono'), fallback };
}

const folderOf = (url: string): string => dirname(fileURLToPath(url));

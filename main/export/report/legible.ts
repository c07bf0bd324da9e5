/** What a font can draw. */
export interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;

/**
 * A text of which every character can be drawn: one without a glyph is told by its number, e.g. `[U+674E]`, so that no name
 * is lost or becomes a row of boxes, and PDF/A, which forbids the glyph of what is missing, holds. What nobody sees is left out, of empty lines all but one.
 */
export function legible(text: string, glyphs: Glyphs): string {
  const lines = text.normalize('NFC').replaceAll(/\n\s*\n/gu, '\n\n');
  return lines.replaceAll(/./gsu, (character) => drawable(character, glyphs));
}

function drawable(character: string, glyphs: Glyphs): string {
  if (character === '\n') return character;
  if (/^\s$/u.test(character) && character !== '\ufeff') return ' ';
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint >= 32 && glyphs.hasGlyphForCodePoint(codePoint)) return character;
  return UNSEEN.test(character) ? '' : `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
}

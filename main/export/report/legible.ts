/** What a font can draw. */
export interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** But what says whether two Arabic letters are joined. */
const UNSEEN =
  /(?!(?<=\p{Script=Arabic})[\u200c\u200d](?=\p{Script=Arabic}))[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/**
 * A text of which every character can be drawn: one without a glyph is told by its number, e.g. `[U+674E]`, so that no name
 * is lost or becomes a row of boxes, and PDF/A, which forbids the glyph of what is missing, holds. What nobody sees is left out, of empty lines all but one.
 */
export function legible(text: string, glyphs: Glyphs): string {
  // A font may have a picture for what nobody sees, and what turns the direction around must not turn our own words.
  const seen = text
    .normalize('NFC')
    .replaceAll(UNSEEN, '')
    .replaceAll(/\n\s*\n/gu, '\n\n');
  return seen.replaceAll(/./gsu, (character) => drawable(character, glyphs));
}

function drawable(character: string, glyphs: Glyphs): string {
  if (character === '\n') return character;
  if (/^\s$/u.test(character)) return ' ';
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint >= 32 && glyphs.hasGlyphForCodePoint(codePoint)) return character;
  return `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
}

import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fontkit from 'fontkit';
import { LRUCache } from 'lru-cache';
import ranges from '@fontsource-variable/noto-sans-sc/unicode.json';

/** A font of the PDF: one of the standard ones, or a part of Noto Sans SC, of which the PDF contains the glyphs that it uses. */
export type PdfFont = 'Helvetica' | 'Helvetica-Bold' | fontkit.Font;

/** Characters of one font. */
export type Run = { readonly font: PdfFont; readonly text: string };

type Subset = { readonly file: string; readonly spans: readonly (readonly [number, number])[] };

const PACKAGE = '@fontsource-variable/noto-sans-sc';
/** A part that is read takes some 15 ms and 2 MB. */
const FONTS_MAX = 24;

const spanOf = (span: string): readonly [number, number] => {
  const [first = '', last = first] = span.replace('U+', '').split('-');
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
};

/** The parts of the font: the package splits it by how often its characters are used. */
const subsets: readonly Subset[] = Object.entries<string>(ranges).map(([name, spans]) => ({
  file: `${PACKAGE}/files/noto-sans-sc-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`,
  spans: spans.split(',').map(spanOf),
}));

/** The characters of the standard fonts of PDF beside Latin 1. */
const ofStandardFonts = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

const isStandard = (character: string): boolean =>
  /^[\u0020-\u007e\u00a0-\u00ff]$/u.test(character) || ofStandardFonts.has(character);

const fonts = new LRUCache<string, fontkit.Font>({ max: FONTS_MAX });

const fontOf = async (file: string): Promise<fontkit.Font> => {
  const known = fonts.get(file);
  if (known) return known;
  // Another request runs between two parts.
  await nextTurn();
  const made = fontkit.create(await readFile(require.resolve(file))) as fontkit.Font;
  fonts.set(file, made);
  return made;
};

const subsetWith = (codePoint: number): Subset | undefined =>
  subsets.find(({ spans }) => spans.some(([first, last]) => first <= codePoint && codePoint <= last));

/**
 * Splits a text into characters with their fonts. A character that no font has is written as its code point, so that nothing is
 * lost: `[U+0E01]`.
 */
export const glyphsOf = async (text: string, isBold: boolean): Promise<readonly Run[]> => {
  const standard = isBold ? 'Helvetica-Bold' : 'Helvetica';
  const runs: Run[] = [];
  for (const character of text.normalize('NFC')) {
    const codePoint = character.codePointAt(0) ?? 0;
    const subset = isStandard(character) ? undefined : subsetWith(codePoint);
    const font = subset && (await fontOf(subset.file));
    if (isStandard(character)) runs.push({ font: standard, text: character });
    else if (font?.hasGlyphForCodePoint(codePoint) === true) runs.push({ font, text: character });
    else if (/^\s$/u.test(character)) runs.push({ font: standard, text: ' ' });
    else {
      const name = `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
      runs.push(...Array.from(name, (one): Run => ({ font: standard, text: one })));
    }
  }
  return runs;
};

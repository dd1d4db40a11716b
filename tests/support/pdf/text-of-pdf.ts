import { inflateSync } from 'node:zlib';

const inflated = (content: Buffer): string | undefined => {
  try {
    return inflateSync(content).toString('latin1');
  } catch {
    return undefined;
  }
};

type Part = { readonly dictionary: string; readonly stream: string | undefined };

/** The objects of a PDF by number, each with its stream where it has one. */
const partsOf = (pdf: string): ReadonlyMap<string, Part> =>
  new Map(
    [...pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => {
      const [dictionary = '', content] = body.split(/\nstream\n/);
      const bytes = content?.replace(/\nendstream\s*$/, '');
      return [id, { dictionary, stream: bytes && inflated(Buffer.from(bytes, 'latin1')) }];
    }),
  );

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** The characters of the glyphs of an embedded font, by their codes. */
const unicodesOf = (cmap: string): ReadonlyMap<number, string> => {
  const found = new Map<number, string>();
  for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
    for (const [index, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]+)>/gi)].entries())
      found.set(Number.parseInt(first, 16) + index, utf16(hex.replaceAll(' ', '')));
  return found;
};

/** Returns the text of a PDF as pdfkit makes them, a line for each text that is shown. */
export const textOfPdf = (content: Buffer): string => {
  const parts = partsOf(content.toString('latin1'));
  const fonts = new Map<string, ReadonlyMap<number, string> | undefined>();
  for (const { dictionary } of parts.values())
    for (const [, name = '', id = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const cmap = /\/ToUnicode (\d+) 0 R/.exec(parts.get(id)?.dictionary ?? '')?.[1];
      fonts.set(name, cmap === undefined ? undefined : unicodesOf(parts.get(cmap)?.stream ?? ''));
    }
  const shown: string[] = [];
  for (const { stream = '' } of parts.values()) {
    let font: ReadonlyMap<number, string> | undefined;
    for (const [, name, list] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = fonts.get(name);
      if (list === undefined) continue;
      const hex = [...list.matchAll(/<([0-9a-f]*)>/gi)].map(([, digits = '']) => digits).join('');
      const codes = [...hex.matchAll(/[0-9a-f]{4}/gi)].map(([code]) => Number.parseInt(code, 16));
      shown.push(
        font === undefined
          ? Buffer.from(hex, 'hex').toString('latin1')
          : codes.map((code) => font?.get(code) ?? '?').join(''),
      );
    }
  }
  return shown.join('\n');
};

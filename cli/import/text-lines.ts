/** A line of a text without its end; `line` counts from 1. */
export type TextLine = { readonly line: number; readonly text: string };

/** No record may be longer. Of a longer line only slightly more than this is kept. */
export const RECORD_LENGTH_MAX = 1 << 20;

/** The line ends of CSV. A line separator (U+2028) is part of a cell. */
const END = /\r\n|\n|\r(?!$)/;

/** Splits a text that arrives in pieces into lines. */
export function* linesOf(pieces: Iterable<string>): Generator<TextLine> {
  let line = 0;
  let rest = '';
  for (const piece of pieces) {
    const texts = (rest + piece).split(END);
    rest = texts.pop() ?? '';
    for (const text of texts) yield { line: ++line, text };
    // The last character may be the first half of a line end.
    if (rest.length > RECORD_LENGTH_MAX + 2) rest = rest.slice(0, RECORD_LENGTH_MAX + 1) + rest.slice(-1);
  }
  const last = rest.replace(/\r$/, '');
  if (rest !== '') yield { line: line + 1, text: last };
}

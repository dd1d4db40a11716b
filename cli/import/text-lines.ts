/** A line of a text without its end; `line` counts from 1. */
export type TextLine = { readonly line: number; readonly text: string };

/** No record may be longer; of a line that is, only a little more than that is kept. */
export const RECORD_LENGTH_MAX = 1 << 20;

/** The ends of line of CSV. A line separator (U+2028) is a character of a cell as any other. */
const END = /\r\n|\n|\r(?!$)/;

/** Splits a text that comes in pieces into its lines. */
export function* linesOf(pieces: Iterable<string>): Generator<TextLine> {
  let line = 0;
  let rest = '';
  for (const piece of pieces) {
    const texts = (rest + piece).split(END);
    rest = texts.pop() ?? '';
    for (const text of texts) yield { line: ++line, text };
    // The last character may be the first half of an end of line.
    if (rest.length > RECORD_LENGTH_MAX + 2) rest = rest.slice(0, RECORD_LENGTH_MAX + 1) + rest.slice(-1);
  }
  const last = rest.replace(/\r$/, '');
  if (rest !== '') yield { line: line + 1, text: last };
}

import fc from 'fast-check';
import { beginningOf, inOneLine, shown, shownInJson, visible } from './visible-text';

describe('text of others', () => {
  it.each([
    ['a colour', '\u001b[31mRED\u001b[0m', '\\u001b[31mRED\\u001b[0m'],
    ['a command of one character', 'a\u009b2Jb', 'a\\u009b2Jb'],
    ['a return to the start of the line', 'bad\rgood', 'bad\\u000dgood'],
    ['letters turned round', 'abc\u202edef\u2066', 'abc\\u202edef\\u2066'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a deletion', 'ab\u007f\u0008', 'ab\\u007f\\u0008'],
  ])('shows %s as what it is', (_name, text, expected) => {
    expect(visible(text)).toBe(expected);
    expect(inOneLine(text)).toBe(expected);
  });

  it('keeps letters of every script, and emoji made of several', () => {
    const text = 'Müller 李明 العربية 👩‍👧 £5';
    expect(visible(text)).toBe(text);
  });

  it('keeps lines and columns only where it may have several', () => {
    expect(visible('a\n\tb')).toBe('a\n\tb');
    expect(inOneLine('a\n\tb')).toBe('a\\u000a\\u0009b');
  });

  it('leaves JSON the same data', () => {
    const data = { name: 'a\u001b[31m\u009b\u2028\u202e"\\', rest: ['\n', '\t'] };
    expect(JSON.parse(visible(JSON.stringify(data, undefined, 2)))).toEqual(data);
  });

  it('is cut where it is long', () => {
    expect(shown('x'.repeat(1_000))).toBe(`${'x'.repeat(100)}…`);
    expect(shown('short\nly')).toBe('short\\u000aly');
  });

  it.each([
    ['a short text', 'ab', 4, 'ab'],
    ['a long one', 'abcdef', 4, 'abcd'],
    ['a character of two halves at the end', 'abc\u{1F600}', 4, 'abc'],
    ['half of a character', 'a\uDE00b', 4, 'a\uFFFDb'],
    ['what is longer once it is visible', 'a\0\0', 8, 'a\\u0000\\'],
  ])('begins as it is, well-formed and on one line: %s', (_, text, lengthMax, expected) => {
    expect(beginningOf(text, lengthMax)).toBe(expected);
  });

  it('is visible in JSON once that is parsed', () => {
    const seen = (text: string): string =>
      (JSON.parse(shownInJson(JSON.stringify({ text }))) as { text: string }).text;
    expect(seen('a\u001b[31m\u009b\u202e\r\b\n\tb')).toBe('a\\u001b[31m\\u009b\\u202e\\r\\b\n\tb');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(seen(text))).toBe(seen(text));
        // Text without anything of that kind, backslashes and all, is what it was.
        const plain = inOneLine(text);
        expect(seen(plain)).toBe(plain);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[\\\\u0019bfrn"]{0,12}$/), (text) => expect(seen(text)).toBe(text)),
    );
  });
});

import { linesOf, RECORD_LENGTH_MAX } from './text-lines';

const texts = (...pieces: readonly string[]): readonly string[] =>
  [...linesOf(pieces)].map(({ text }) => text);

describe('the lines of a text', () => {
  it('are the same wherever its chunks end', () => {
    const text = 'one\r\n\r\nthree\rfour\nfive\u2028still five\r';
    const lines = ['one', '', 'three', 'four', 'five\u2028still five'];
    for (let at = 0; at <= text.length; at += 1)
      expect(texts(text.slice(0, at), text.slice(at))).toEqual(lines);
    expect(texts(...Array.from(text))).toEqual(lines);
  });

  it('are counted from 1, blank ones too', () => {
    expect([...linesOf(['a\n\nb'])].at(-1)).toEqual({ line: 3, text: 'b' });
    expect(texts('')).toEqual([]);
  });

  it('are kept up to a limit', () => {
    const piece = 'x'.repeat(1 << 18);
    const [long, next] = texts(...Array.from({ length: 20 }, () => piece), '\r', 'next');
    expect(long!.length).toBeGreaterThan(RECORD_LENGTH_MAX);
    expect(long!.length).toBeLessThan(RECORD_LENGTH_MAX + 3);
    expect(next).toBe('next');
  });
});

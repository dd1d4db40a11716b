import { bar, processTerminal } from './terminal';

/** Returns the output to standard error while `use` runs, for a screen or a pipe. */
const written = (isScreen: boolean, use: () => void): string => {
  const { isTTY } = process.stderr;
  const write = process.stderr.write.bind(process.stderr);
  const texts: string[] = [];
  process.stderr.write = (text: string | Uint8Array) => texts.push(String(text)) > 0;
  process.stderr.isTTY = isScreen;
  try {
    use();
  } finally {
    process.stderr.write = write;
    process.stderr.isTTY = isTTY;
  }
  return texts.join('');
};

const half = bar(1, 2, 'orders');

describe('progress', () => {
  it('is shown on a screen, and is replaced by the next line', () => {
    const text = written(true, () => {
      const terminal = processTerminal({ TERM: 'xterm' });
      terminal.progress(half);
      terminal.err('Done.');
    });
    expect(text.startsWith(half)).toBe(true);
    expect(text.endsWith('Done.\n')).toBe(true);
  });

  it.each([
    ['a pipe', false, 'xterm'],
    ['a screen that can’t rewrite a line', true, 'dumb'],
  ])('is not shown on %s', (_name, isScreen, TERM) => {
    expect(written(isScreen, () => processTerminal({ TERM }).progress(half))).toBe('');
  });

  it('is a bar in proportion to its share', () => {
    expect(half).toBe('[████████████············] 50 % 1/2 orders');
  });
});

it('draws lines over the last ones', () => {
  const text = written(true, () => processTerminal({ TERM: 'xterm' }).redraw(['one', 'two'], 3));
  expect(text).toBe('\u001b[A'.repeat(3) + '\u001b[2Kone\n\u001b[2Ktwo\n');
});

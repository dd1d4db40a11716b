import { filesBelow } from '../support/sentences';
import { exists, textOf } from '../support/project-files';

const page = textOf('docs/how-to/add-a-use-case.md');

/** A file that the page shows, with the lines that were added to it and the lines between which they stand. */
type Change = { readonly file: string; readonly hunks: readonly string[]; readonly added: number };

const BLOCK = /<!-- change of (?<file>\S+) -->\n\n```diff\n(?<diff>[^]*?)\n```/g;

const changes: readonly Change[] = [...page.matchAll(BLOCK)].map(({ groups }) => {
  const { file = '', diff = '' } = groups ?? {};
  const withoutMarks = (hunk: string): string => hunk.replace(/^[+ ]/gm, '');
  return {
    file,
    hunks: diff.split('\n@@\n').map(withoutMarks),
    added: diff.split('\n').filter((line) => line.startsWith('+')).length,
  };
});

/** Returns the paths in the first column of the table under a heading. */
const filesUnder = (heading: string): readonly string[] => {
  const section = page.split(`${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `(?<file>[^`]+)`/gm)].map(({ groups }) => groups!['file']!);
};

/** The words that the use case brought into the code. */
const ITS_WORDS = /low_?stock_?threshold|StockThresholdSet/i;

const sources = ['domain', 'commands', 'projections', 'platform', 'gateways', 'cli', 'simulators', 'proto']
  .flatMap((folder) => filesBelow(folder, /(^|\/)(node_modules|gen)\/|[.]spec[.]ts$/))
  .filter((file) => file.endsWith('.ts'));

it.each(changes)('step $file shows lines that are in the file, in this order', ({ file, hunks }) => {
  const text = textOf(file);
  let from = 0;
  for (const hunk of hunks) {
    const at = text.indexOf(hunk, from);
    const remedy = 'Change the lines in docs/how-to/add-a-use-case.md too.';
    expect({ file, missing: at < 0 ? hunk : '', remedy }).toEqual({ file, missing: '', remedy });
    from = at + hunk.length;
  }
});

it('counts its files and lines, at most 8 and 80', () => {
  const files = new Set(changes.map(({ file }) => file));
  const lines = changes.reduce((sum, { added }) => sum + added, 0);
  expect(page).toContain(`took ${files.size} files and ${lines} lines`);
  expect(files.size).toBeLessThanOrEqual(8);
  expect(lines).toBeLessThanOrEqual(80);
});

it('has a step for every source file that knows the use case', () => {
  expect(sources.length).toBeGreaterThan(500);
  const optional = filesUnder('## 11. For analysts');
  const knowing = sources.filter((file) => ITS_WORDS.test(textOf(file)) && !optional.includes(file));
  expect(changes.map(({ file }) => file).sort()).toEqual(knowing.sort());
});

it.each([
  ['## 9. Specs', 5],
  ['## 10. Generated files', 5],
  ['## 11. For analysts', 0],
])('%s lists files that have the use case', (heading, more) => {
  const files = filesUnder(heading);
  expect(files.length).toBeGreaterThan(more);
  expect(files.filter((file) => !exists(file) || !ITS_WORDS.test(textOf(file)))).toEqual([]);
});

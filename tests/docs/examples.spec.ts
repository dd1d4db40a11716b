import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGenerated } from '../support/generated-file';

const root = join(__dirname, '..', '..');

/** The pages that show code of a file in `tests/docs/examples`, each between markers that name the file. */
const pages = ['docs/how-to/add-a-read-model.md', 'docs/how-to/receive-webhooks.md'];

const region = /(?<start> *<!-- code of (?<file>[\w./-]+) -->\n)[^]*?(?<end> *<!-- end -->)/g;

const withCode = (page: string): string =>
  page.replace(region, (...match) => {
    const { start, file, end } = match.at(-1) as { start: string; file: string; end: string };
    const indent = /^ */.exec(start)?.[0] ?? '';
    const code = readFileSync(join(root, file), 'utf8').trimEnd().split('\n');
    const lines = ['', '```ts', ...code, '```', ''].map((line) => (line === '' ? '' : indent + line));
    return `${start}${lines.join('\n')}\n${end}`;
  });

it.each(pages)('%s shows code that is compiled and tested', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  expect(text).toMatch(region);
  expectGenerated(page, withCode(text));
});

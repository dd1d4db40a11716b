import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGenerated } from '../support/generated-file';

const root = join(__dirname, '..', '..');
const folders = ['cli', 'gateways', 'simulators', 'commands', 'projections', 'proto', 'platform', 'domain'];

const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 8 * 1024 * 1024 });

/** What imports what, one `from to` an arrow, by dependency-cruiser's own graph of the folders. */
const arrows = (): string[] => {
  const graph = run(
    ...['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...folders],
    ...['--no-config', '--ts-pre-compilation-deps', '--ts-config', 'tsconfig.json'],
    ...['--include-only', `^(${folders.join('|')})/`, '--exclude', '[.](spec|contract)[.]ts$'],
    ...['--collapse', '^[^/]+', '--output-type', 'mermaid'],
  );
  const names = new Map(
    [...graph.matchAll(/^(?<key>\w+)\["(?<name>[^"]+)"\]$/gm)].map(({ groups }) => [
      groups!['key']!,
      groups!['name']!,
    ]),
  );
  return [...graph.matchAll(/^(?<from>\w+)-->(?<to>\w+)$/gm)]
    .map(({ groups }) => `${names.get(groups!['from']!)} ${names.get(groups!['to']!)}`)
    .sort();
};

const START = '<!-- drawn by npm run gen -->';
const END = '<!-- end -->';

const withDrawing = (page: string, drawing: readonly string[]): string => {
  const [before = '', , after = ''] = page.split(new RegExp(`${START}|${END}`));
  return [before + START, ...drawing, END + after].join('\n');
};

/** `allowed` of .dependency-cruiser.mjs, read back from the rules that it makes. */
const allowedArrows = (): Record<string, string[]> => {
  const script = `import rules from './.dependency-cruiser.mjs'; console.log(JSON.stringify(rules.forbidden))`;
  const forbidden = JSON.parse(run('--input-type=module', '-e', script)) as {
    name: string;
    to: { pathNot?: string };
  }[];
  const named = forbidden.filter(({ name }) => name.startsWith('arrows-of-'));
  return Object.fromEntries(
    named.map(({ name, to }) => {
      const folder = name.slice('arrows-of-'.length);
      const within = /^\^\((?<list>.+)\)\/$/.exec(to.pathNot ?? '')?.groups?.['list'] ?? '';
      return [folder, within.split('|').filter((path) => path !== folder)];
    }),
  );
};

const explainedArrows = (): Record<string, string[]> => {
  const page = readFileSync(join(root, 'docs/explanation/imports.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(?<folder>\w+)` \| (?<list>[^|]+) \|/gm)];
  return Object.fromEntries(
    rows.map(({ groups }) => [
      groups!['folder']!,
      [...groups!['list']!.matchAll(/`(?<path>[^`]+)`/g)].map((match) => match.groups!['path']!),
    ]),
  );
};

it('docs/explanation/architecture.md draws what the code imports', () => {
  const found = arrows();
  expect(found).toContain('gateways commands');
  const file = 'docs/explanation/architecture.md';
  const drawing = found.map((arrow) => `    ${arrow.replace(' ', ' --> ')}`);
  expectGenerated(
    file,
    withDrawing(readFileSync(join(root, file), 'utf8'), [
      '',
      '```mermaid',
      'flowchart TD',
      ...drawing,
      '```',
      '',
    ]),
  );
}, 60_000);

it('docs/explanation/imports.md explains every arrow that is allowed, and no other', () =>
  expect(explainedArrows()).toEqual(allowedArrows()));

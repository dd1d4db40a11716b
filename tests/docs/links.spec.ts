import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = join(__dirname, '..', '..');

const pagesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pagesUnder('docs'), ...pagesUnder('ops')];

/** Removes the code of a page, which contains no links. */
const prose = (text: string): string => text.replace(/```.*?```/gs, '').replace(/`[^`\n]*`/g, '`code`');

type Link = { readonly page: string; readonly target: string };

const linksIn = (page: string): Link[] => {
  const text = prose(readFileSync(join(root, page), 'utf8'));
  return [...text.matchAll(/\]\((?<target>[^)\s]+)\)/g)]
    .map(({ groups }) => ({ page, target: groups!['target']! }))
    .filter(({ target }) => !/^(https?|mailto):/.test(target));
};

/** As GitHub makes them from headings. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (text: string): string[] =>
  Array.from(text.matchAll(/^#{1,6} (?<heading>.+)$/gm), ({ groups }) => anchorOf(groups!['heading']!));

const isBroken = ({ page, target }: Link): boolean => {
  const [path = '', anchor] = target.split('#', 2);
  const file = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, file))) return true;
  return (
    anchor !== undefined &&
    file.endsWith('.md') &&
    !anchorsOf(readFileSync(join(root, file), 'utf8')).includes(anchor)
  );
};

it('every link of the pages leads to something', () => {
  const links = pages.flatMap(linksIn);
  expect(links.length).toBeGreaterThan(40);
  expect(links.filter(isBroken)).toEqual([]);
});

const codeUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    // The peers of the benches may be installed.
    .filter((file) => !file.includes('node_modules'));

it('every page that the code names is there', () => {
  const folders = [
    'bench',
    'cli',
    'commands',
    'domain',
    'gateways',
    'ops',
    'platform',
    'projections',
    'simulators',
  ];
  const named = [...folders, 'tests'].flatMap(codeUnder).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return Array.from(text.matchAll(/(?<!tests\/)docs\/[\w/-]+\.(?:md|graphql)/g), ([page]) => ({
      file,
      page,
    }));
  });
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter(({ page }) => !existsSync(join(root, page)))).toEqual([]);
});

it('every page of docs/ is in its index', () => {
  const index = linksIn('docs/README.md').map(({ target }) => normalize(join('docs', target)));
  const indexed = (page: string): boolean =>
    page === 'docs/README.md' || index.includes(page) || index.some((path) => path === dirname(page));
  expect(pagesUnder('docs').filter((page) => !indexed(page))).toEqual([]);
});

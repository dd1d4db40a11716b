import { readdirSync } from 'node:fs';
import { pathOf, textOf } from '../support/project-files';

const page = textOf('docs/explanation/pages.md');

/** The addresses of an area's routes, as the page writes them. */
const addressesOf = (area: string): readonly string[] => {
  const text = textOf(`web/${area}/routes.ts`);
  const prefix = area === 'shop' ? '' : `/${area}`;
  const paths = [...text.matchAll(/^ {4}path: '([^']+)'/gm)].map(([, path = '']) => path);
  return paths.map((path) => `${prefix}${path}`.replace(/(?<=.)\/$/, '').replace(/\$(\w+)/g, '<$1>'));
};

const addresses = ['shop', 'seller', 'admin'].flatMap(addressesOf);

/** Each paragraph of the page with the pictures below it. */
const paragraphs = page.split(/\n\n(?!!\[)/).map((block) => ({
  named: addresses.filter((address) => block.includes(`\`${address}\``)),
  pictures: [...block.matchAll(/!\[[^\]]+\]\(\.\.\/images\/pages\/([\w-]+)\.png\)/g)].map(([, name]) => name),
}));

it.each(addresses)('docs/explanation/pages.md says what is at %s', (address) =>
  expect(page).toContain(`\`${address}\``),
);

it('has a picture for each page that it names', () =>
  expect(
    paragraphs.filter(({ named, pictures }) => pictures.length < named.length).map(({ named }) => named),
  ).toEqual([]));

it('has pictures that the tests of the pages make', () => {
  const suites = readdirSync(pathOf('tests/pages'))
    .map((name) => textOf(`tests/pages/${name}`))
    .join('\n');
  const made = new Set(
    [...suites.matchAll(/(?:expectMannered|keepPicture)\('([\w-]+)'/g)].map(([, name]) => name),
  );
  expect(paragraphs.flatMap(({ pictures }) => pictures).filter((name) => !made.has(name))).toEqual([]);
});

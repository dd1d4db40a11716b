import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseRoles } from '../../cli/roles/role-names';
import { settings } from '../../platform/config';
import { jsonOf, pathOf, textOf } from '../support/project-files';

const pagesUnder = (folder: string): readonly string[] =>
  readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

const pages = ['README.md', 'CONTRIBUTING.md', ...pagesUnder('docs'), ...pagesUnder('ops')];

/** Returns the matches of a pattern in the pages, each with the first page that contains it. */
const namedInPages = (pattern: RegExp): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const page of [...pages].reverse())
    for (const [, name = ''] of textOf(page).matchAll(pattern)) found.set(name, page);
  return found;
};

const expectAll = (named: ReadonlyMap<string, string>, isThere: (name: string) => boolean): void => {
  expect(named.size).toBeGreaterThan(0);
  expect([...named].filter(([name]) => !isThere(name))).toEqual([]);
};

/** Variables of the tests and the generator, which the platform itself does not read. */
const ofTheProject = /^WAYBILL_(TEST_|GENERATE$)/;

describe('what the pages name is there:', () => {
  it('every variable', () => {
    const variables = Object.values(settings).flatMap((setting) =>
      'secret' in setting && setting.secret
        ? [setting.variable, `${setting.variable}_FILE`]
        : [setting.variable],
    ) as readonly string[];
    const named = namedInPages(/\b(WAYBILL_[A-Z_]*[A-Z])\b/g);
    expectAll(named, (name) => variables.includes(name) || ofTheProject.test(name));
  });

  it('every role', () => {
    const named = namedInPages(/(?:--role|^role) +([a-z][a-z-]*)/gm);
    expectAll(named, (name) => parseRoles([name]).size > 0);
  });

  it('every command', () => {
    const main = textOf('cli/main.ts');
    const named = namedInPages(/npm run -s waybill -- ([a-z]+)/g);
    expectAll(named, (name) => main.includes(`./commands/${name}'`));
  });

  it('every script', () => {
    const { scripts } = jsonOf('package.json') as { scripts: Readonly<Record<string, string>> };
    const named = namedInPages(/npm run (?:-s )?([a-z][a-z0-9:]*)/g);
    expectAll(named, (name) => name in scripts);
  });
});

import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { jsonOf, pathOf, textOf } from '../support/project-files';
import { endings, levelOf } from './levels.js';

const folders = ['domain', 'commands', 'projections', 'gateways', 'proto', 'platform', 'simulators'];
const specs = [...folders, 'cli', 'ops', 'tests'].flatMap((folder) =>
  readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => `${folder}/${name}`),
);

const at = (level: keyof typeof endings): readonly string[] =>
  specs.filter((file) => levelOf(file) === level);

describe('the files of tests', () => {
  it('have nothing between their name and their ending except a level, .long or .properties', () => {
    const levels = Object.values(endings).map((ending) => ending.slice(0, -'.spec.ts'.length));
    const known = ['', '.properties', ...levels, ...levels.map((level) => `.long${level}`)];
    const saying = (file: string): string => /^[^.]+(.*)[.]spec[.]ts$/.exec(basename(file))![1]!;
    expect(specs.length).toBeGreaterThan(300);
    expect(specs.filter((file) => !known.includes(saying(file)))).toEqual([]);
  });

  it('stand beside what they test, except those of the whole program', () => {
    expect(at('e2e').length).toBeGreaterThan(10);
    expect(at('e2e').filter((file) => !file.startsWith('tests/'))).toEqual([]);
  });

  it('use a server or a program of another project only at the level of engines', () => {
    const needing = specs.filter((file) => /\bdescribe(On|Pages)\(/.test(textOf(file)));
    expect(needing.length).toBeGreaterThan(10);
    expect([...needing].sort()).toEqual([...at('engine')].sort());
  });
});

it('every level has a script', () => {
  const { scripts } = jsonOf('package.json') as { readonly scripts: Readonly<Record<string, string>> };
  const run = Object.entries(scripts)
    .filter(([name]) => name.startsWith('test:'))
    .flatMap(([, script]) => /--selectProjects (\w+)/.exec(script)?.[1] ?? []);
  expect(run.sort()).toEqual(['unit', ...Object.keys(endings)].sort());
});

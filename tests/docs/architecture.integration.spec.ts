import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expectGenerated } from '../support/generated-file';

const root = join(__dirname, '..', '..');
const folders = ['cli', 'gateways', 'simulators', 'commands', 'projections', 'proto', 'platform', 'domain'];

const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 8 * 1024 * 1024 });

const sources: ReadonlySet<string> = new Set(
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((file) => /[.](ts|json)$/.test(file) && !/[.](spec|contract)[.]ts$/.test(file)),
  ),
);

const IMPORT = /^(?:import|export)\b[^;']*?'([.][^']*)'|\bimport\(\s*'([.][^']+)'/gm;

/** Returns the source that a relative import names. */
const resolved = (from: string, target: string): string | undefined => {
  const path = normalize(join(dirname(from), target)).replace(/[/]$|[.]js$/g, '');
  return [path, `${path}.ts`, `${path}/index.ts`].find((file) => sources.has(file));
};

/** Returns every import between the sources of the top folders, specs left out. */
const imports = (): readonly (readonly [from: string, to: string])[] =>
  [...sources].flatMap((from) =>
    [...readFileSync(join(root, from), 'utf8').matchAll(IMPORT)].flatMap(([, named, dynamic]) => {
      const to = resolved(from, (named ?? dynamic)!);
      return to === undefined ? [] : [[from, to] as const];
    }),
  );

/** Returns the arrows between what `place` makes of the files, each once, as lines of a Mermaid flowchart. */
const arrows = (
  found: readonly (readonly [string, string])[],
  place: (file: string) => string | undefined,
): readonly string[] => {
  const lines = found.flatMap(([from, to]) => {
    const [a, b] = [place(from), place(to)];
    return a === undefined || b === undefined || a === b ? [] : [`    ${a} --> ${b}`];
  });
  return [...new Set(lines)].sort();
};

const topFolder = (file: string): string | undefined => file.split('/')[0];

/** The file or folder right inside a top folder. */
const roomIn =
  (folder: string) =>
  (file: string): string | undefined => {
    const [top, room = ''] = file.split('/');
    return top === folder ? room.replace(/[.]ts$/, '') : undefined;
  };

const flowchart = (lines: readonly string[]): readonly string[] => [
  '',
  '```mermaid',
  'flowchart TD',
  ...lines,
  '```',
  '',
];

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
  const found = imports();
  const whole = arrows(found, topFolder);
  expect(whole).toContain('    gateways --> commands');
  const rooms = folders
    .map((folder) => ({ folder, lines: arrows(found, roomIn(folder)) }))
    .filter(({ lines }) => lines.length > 0);
  expect(rooms.map(({ folder }) => folder)).toContain('platform');
  const file = 'docs/explanation/architecture.md';
  const drawing = [
    ...flowchart(whole),
    ...rooms.flatMap(({ folder, lines }) => [`### Inside \`${folder}\``, ...flowchart(lines)]),
  ];
  expectGenerated(file, withDrawing(readFileSync(join(root, file), 'utf8'), drawing));
}, 60_000);

it('docs/explanation/imports.md explains every arrow that is allowed, and no other', () =>
  expect(explainedArrows()).toEqual(allowedArrows()));

// Compiles each *.proto below this folder to a JSON descriptor in proto/gen. `npm run gen` writes them; with `--check`
// they are only compared, and a difference fails.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import protobufCli from 'protobufjs-cli';

const folder = import.meta.dirname;
const compile = promisify(protobufCli.pbjs.main);
/** The roots of imports. */
const roots = ['commands', 'googleapis'].flatMap((name) => ['--path', join(folder, name)]);

const all = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.proto'));
const sources = all.filter((path) => !path.startsWith('googleapis')).toSorted();
const ofErrors = ['status', 'error_details'].map((name) => join('googleapis/google/rpc', `${name}.proto`));
const ofCommands = sources.filter((path) => path.startsWith('commands'));

/** The descriptors to compile: name, files, and options. */
const targets = [
  ...sources.map((source) => [basename(source, '.proto'), [source], []]),
  ['errors', ofErrors, []],
  // Serves other programs, which need the names as they are in the files.
  ['reflection', [...ofCommands, ...ofErrors], ['--keep-case']],
];

const stale = [];
for (const [name, files, options] of targets) {
  const paths = files.map((file) => join(folder, file));
  const compiled = await compile(['--target', 'json', ...roots, ...options, ...paths]);
  const target = join(folder, 'gen', `${name}.json`);
  if (!process.argv.includes('--check')) writeFileSync(target, `${compiled.trim()}\n`);
  else if (readFileSync(target, 'utf8') !== `${compiled.trim()}\n`) stale.push(target);
}
if (stale.length > 0) {
  console.error(`Not what \`npm run gen\` makes: ${stale.join(', ')}`);
  process.exitCode = 1;
}

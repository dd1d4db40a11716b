// Compiles each *.proto below this folder to a JSON descriptor in proto/gen. `npm run gen` writes them; with `--check` they
// are only compared, and a difference fails.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import protobufCli from 'protobufjs-cli';

const folder = import.meta.dirname;
const compile = promisify(protobufCli.pbjs.main);

const sources = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.proto'));
const stale = [];
for (const source of sources.toSorted()) {
  const compiled = await compile(['--target', 'json', join(folder, source)]);
  const target = join(folder, 'gen', `${basename(source, '.proto')}.json`);
  if (!process.argv.includes('--check')) writeFileSync(target, `${compiled.trim()}\n`);
  else if (readFileSync(target, 'utf8') !== `${compiled.trim()}\n`) stale.push(target);
}
if (stale.length > 0) {
  console.error(`Not what \`npm run gen\` makes: ${stale.join(', ')}`);
  process.exitCode = 1;
}

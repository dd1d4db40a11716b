/**
 * Compiles the sources that tsconfig.build.json names, each file by itself: `node ops/compile.mjs [folder]`, `dist` by default.
 * Types are removed unchecked, because the check is most of the time that `tsc` takes; `npm run types` checks them.
 */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { transformFile } from '@swc/core';

const root = join(import.meta.dirname, '..');
const out = resolve(process.argv[2] ?? join(root, 'dist'));

const { include, exclude } = JSON.parse(await readFile(join(root, 'tsconfig.build.json'), 'utf8'));
/** The endings of the files that are left out. */
const endings = exclude.filter((pattern) => pattern.startsWith('**/*')).map((pattern) => pattern.slice(4));

const compile = async (source, compiled) => {
  const { code, map } = await transformFile(source, {
    swcrc: false,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    // A module that only ES modules may require is imported, as tsc does it.
    module: { type: 'commonjs', ignoreDynamic: true },
    sourceMaps: true,
    sourceFileName: relative(dirname(compiled), source),
  });
  await writeFile(compiled, `${code}//# sourceMappingURL=${basename(compiled)}.map\n`);
  await writeFile(`${compiled}.map`, map);
};

const filesIn = async (folder) =>
  (await readdir(join(root, folder), { recursive: true })).map((file) => join(folder, file));

const files = (await Promise.all(include.map(filesIn)))
  .flat()
  .filter((file) => !endings.some((ending) => file.endsWith(ending)));
await Promise.all(
  files.map(async (file) => {
    const source = join(root, file);
    const target = join(out, file);
    if (!/\.(?:ts|json)$/.test(file) || file.endsWith('.d.ts')) return;
    await mkdir(dirname(target), { recursive: true });
    if (file.endsWith('.json')) await copyFile(source, target);
    else await compile(source, target.replace(/\.ts$/, '.js'));
  }),
);

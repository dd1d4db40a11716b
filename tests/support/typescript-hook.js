// Lets plain Node (a benchmark, a thread or a process of a test) load the TypeScript sources:
// `node -r ./tests/support/typescript-hook.js`. What is compiled is kept in node_modules/.cache.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
const cache = join(root, 'node_modules', '.cache', 'typescript-hook');
const options = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: true,
  swcrc: false,
};
const compiler = require('@swc/core/package.json').version;

// A dynamic import names the file that the compiler will have made.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  const isSource =
    request.startsWith('.') && request.endsWith('/index.js') && !rest[0]?.filename?.includes('node_modules');
  return resolveFilename(isSource ? request.slice(0, -'.js'.length) : request, ...rest);
};

/** The file with the source map of each loaded file. */
const sourceMaps = new Map();

const compile = (source, filename) =>
  // Loaded only when something has changed: that alone takes longer than to read what is kept.
  require('@swc/core').transformSync(source, { ...options, filename });

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Writes a file whole or not at all. Several processes may do so at once. */
const write = (path, text) => {
  const draft = `${path}.${process.pid}-${process.hrtime.bigint()}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
};

/** Returns the code from the cache, or compiles it and keeps it there. */
const compiled = (source, filename) => {
  const key = createHash('sha1')
    .update(JSON.stringify([compiler, options, filename, source]))
    .digest('hex');
  const path = join(cache, `${key}.js`);
  sourceMaps.set(filename, `${path}.map`);
  const known = read(path);
  if (known !== undefined) return known;
  const { code, map } = compile(source, filename);
  const mapped = `${code}\n//# sourceMappingURL=${path}.map`;
  mkdirSync(cache, { recursive: true });
  write(`${path}.map`, map);
  write(path, mapped);
  return mapped;
};

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(readFileSync(filename, 'utf8'), filename), filename);
};

module.exports = { sourceMaps };

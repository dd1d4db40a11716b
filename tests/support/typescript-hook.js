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
  sourceMaps: 'inline',
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

const compile = (source, filename) =>
  // Loaded only when something has changed: that alone takes longer than to read what is kept.
  require('@swc/core').transformSync(source, { ...options, filename }).code;

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Returns the code from the cache, or compiles it and keeps it there. Several processes may do so at once. */
const compiled = (source, filename) => {
  const key = createHash('sha1')
    .update(JSON.stringify([compiler, options, filename, source]))
    .digest('hex');
  const path = join(cache, `${key}.js`);
  const known = read(path);
  if (known !== undefined) return known;
  const code = compile(source, filename);
  mkdirSync(cache, { recursive: true });
  const draft = `${path}.${process.pid}-${process.hrtime.bigint()}`;
  writeFileSync(draft, code);
  renameSync(draft, path);
  return code;
};

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(readFileSync(filename, 'utf8'), filename), filename);
};

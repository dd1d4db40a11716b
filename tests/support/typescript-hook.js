// Lets plain Node (a bench, a thread that a test starts) load the TypeScript sources: `node -r ./tests/support/typescript-hook.js`.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

// A dynamic import names the file that the compiler will have made.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  const isSource =
    request.startsWith('.') && request.endsWith('/index.js') && !rest[0]?.filename?.includes('node_modules');
  return resolveFilename(isSource ? request.slice(0, -'.js'.length) : request, ...rest);
};

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
    swcrc: false,
  });
  module._compile(code, filename);
};

const { createRequire } = require('node:module');
const { default: Runtime } = require('jest-runtime');
const { sourceMaps } = require('../support/typescript-hook.js');

/**
 * Loads a file of tests, and all that it imports, by Node's own `require`: a module is compiled and run once a process, and not
 * once a file of tests. The tests replace no modules, so they do not need copies of their own.
 * docs/adr/0049-tests-share-modules.md says why.
 */
class SharedModulesRuntime extends Runtime {
  requireModule(from, name) {
    const load = createRequire(from);
    if (name !== undefined) return load(name);
    // What a file of tests declares belongs to the run of that file.
    delete require.cache[from];
    return load(from);
  }

  requireInternalModule(from, name) {
    return this.requireModule(from, name);
  }

  requireModuleOrMock(from, name) {
    return this.requireModule(from, name);
  }

  getSourceMaps() {
    return sourceMaps;
  }
}

module.exports = SharedModulesRuntime;

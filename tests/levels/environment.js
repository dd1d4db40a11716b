const { ModuleMocker } = require('jest-mock');

const libsql = require.resolve('libsql');
const Database = require(libsql);

/** The symbols under which jest keeps the tests of a file and what listens to them. What modules add to the globals stays, as they do. */
const ofOneFile = new Set(['JEST_STATE_SYMBOL', 'EVENT_HANDLERS']);

/** The environment of all tests: the globals of Node itself, put back as they were after each file. */
class Environment {
  /** Opens every database. Modules keep the class that they imported as long as the process lives, so unit tests forbid it here. */
  static databases = { open: (parameters, target) => Reflect.construct(Database, parameters, target) };

  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;
  #before = {
    console,
    exit: process.exit,
    exitCode: process.exitCode,
    folder: process.cwd(),
    variables: { ...process.env },
    stackTraceLimit: Error.stackTraceLimit,
  };

  async setup() {}

  async teardown() {
    const before = this.#before;
    globalThis.console = before.console;
    Object.assign(process, { exit: before.exit, exitCode: before.exitCode });
    Error.stackTraceLimit = before.stackTraceLimit;
    process.chdir(before.folder);
    for (const name of Object.keys(process.env)) if (!(name in before.variables)) delete process.env[name];
    Object.assign(process.env, before.variables);
    for (const name of Object.getOwnPropertySymbols(globalThis)) {
      if (ofOneFile.has(name.description)) delete globalThis[name];
    }
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Tests run in Node's own context and not in one of `node:vm`. */
  getVmContext() {
    return null;
  }
}

require.cache[libsql].exports = new Proxy(Database, {
  construct: (_, parameters, target) => Environment.databases.open(parameters, target),
});

module.exports = Environment;

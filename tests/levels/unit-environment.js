const { AsyncLocalStorage } = require('node:async_hooks');
const childProcess = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const workerThreads = require('node:worker_threads');
const Environment = require('./environment.js');

const WRITES = [
  ...['appendFile', 'chmod', 'copyFile', 'cp', 'createWriteStream', 'link', 'mkdir', 'mkdtemp', 'rename'],
  ...['rm', 'rmdir', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile'],
];
const PROCESSES = ['exec', 'execFile', 'fork', 'spawn', 'execSync', 'execFileSync', 'spawnSync'];

const isReading = (flags) => flags === undefined || flags === 'r' || flags === fs.constants.O_RDONLY;

/** The environment whose test a call belongs to. A client that an earlier suite of this process left behind may still reconnect. */
const origin = new AsyncLocalStorage();

/**
 * The environment of unit tests: one thread, without files, processes and sockets. Any use of them fails the test,
 * even if the error is caught.
 */
class UnitEnvironment extends Environment {
  #breaches = [];
  #restore = [];

  constructor() {
    super();
    origin.enterWith(this);
  }

  async setup() {
    await super.setup();
    // The generated pages are written by the tests that compare them.
    if (process.env.WAYBILL_GENERATE === 'yes') return;
    this.#forbid(net.Socket.prototype, ['connect'], 'opens a connection');
    this.#forbid(net.Server.prototype, ['listen'], 'listens on a port');
    this.#forbid(childProcess, PROCESSES, 'starts a process');
    this.#forbid(workerThreads, ['Worker'], 'starts a thread');
    this.#forbid(Environment.databases, ['open'], 'opens a database');
    for (const files of [fs, fs.promises]) {
      const names = [...WRITES, ...WRITES.map((name) => `${name}Sync`)];
      this.#forbid(files, names, 'writes a file');
      this.#forbid(files, ['open', 'openSync'], 'writes a file', (_, flags) => isReading(flags));
    }
  }

  /** Adds what was caught by the code under test to the errors of the test. */
  handleTestEvent({ name, test }) {
    if (name !== 'test_done') return;
    const known = test.errors.flat();
    test.errors.push(...this.#breaches.splice(0).filter((breach) => !known.includes(breach)));
  }

  async teardown() {
    for (const restore of this.#restore.splice(0).reverse()) restore();
    await super.teardown();
  }

  #forbid(owner, names, deed, isAllowed = () => false) {
    const breaches = this.#breaches;
    const isOfThisTest = () => origin.getStore() === this;
    for (const name of names.filter((candidate) => candidate in owner)) {
      const original = owner[name];
      owner[name] = function (...parameters) {
        if (!isOfThisTest() || isAllowed(...parameters)) return Reflect.apply(original, this, parameters);
        const breach = new Error(
          `A unit test ${deed} (${name}): name the file *.integration.spec.ts, or test what is pure in it`,
        );
        breaches.push(breach);
        throw breach;
      };
      this.#restore.push(() => (owner[name] = original));
    }
  }
}

module.exports = UnitEnvironment;

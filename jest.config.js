const { LONG, patterns, runsLong } = require('./tests/levels/levels.js');

const folders = [
  ...['domain', 'commands', 'projections', 'gateways', 'proto', 'platform', 'simulators', 'cli'],
  ...['ops', 'tests'],
];

const shared = {
  // One cache for all levels: they compile the same sources.
  id: 'waybill',
  rootDir: __dirname,
  roots: folders.map((folder) => `<rootDir>/${folder}`),
  testEnvironment: '<rootDir>/tests/levels/environment.js',
  runtime: '<rootDir>/tests/levels/shared-modules-runtime.js',
  testPathIgnorePatterns: ['/node_modules/', ...(runsLong ? [] : [LONG.replaceAll('.', '\\.')])],
  // Node loads the sources itself.
  transform: {},
};

const unit = {
  testEnvironment: '<rootDir>/tests/levels/unit-environment.js',
};

/** @type {import('jest').Config} */
module.exports = {
  projects: Object.entries(patterns).map(([level, testMatch]) => ({
    ...shared,
    ...(level === 'unit' ? unit : {}),
    displayName: level,
    testMatch,
  })),
  // For a machine that has other things to do; what hangs is found out all the same. Jest takes it from here alone.
  testTimeout: 60000,
  // One a core: by default jest keeps a core free, which on a machine of two is half of it.
  maxWorkers: '100%',
  reporters: ['default', '<rootDir>/tests/support/skipped-suites-reporter.js'],
};

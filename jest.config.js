const { patterns } = require('./tests/levels/levels.js');

const folders = [
  ...['domain', 'commands', 'projections', 'gateways', 'proto', 'platform', 'simulators', 'cli'],
  ...['ops', 'tests'],
];

const shared = {
  // One cache for all levels: they compile the same sources.
  id: 'waybill',
  rootDir: __dirname,
  roots: folders.map((folder) => `<rootDir>/${folder}`),
  testEnvironment: 'node',
  // A dynamic import names the file that the compiler will have made.
  moduleNameMapper: { '^(\\.\\./.*)/index\\.js$': '$1/index' },
  transform: {
    '^.+\\.[cm]?[tj]s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // These ship ES modules only, or import one; everything else is taken as it is.
  transformIgnorePatterns: [
    '/node_modules/(?!(@seriousme/openapi-schema-validator|hyparquet|hyparquet-writer|jose|mercurius|quick-lru)/)',
  ],
};

const unit = {
  testEnvironment: '<rootDir>/tests/levels/unit-environment.js',
  setupFiles: ['<rootDir>/tests/levels/no-database.js'],
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

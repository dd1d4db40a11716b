/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/domain',
    '<rootDir>/commands',
    '<rootDir>/projections',
    '<rootDir>/gateways',
    '<rootDir>/proto',
    '<rootDir>/platform',
    '<rootDir>/simulators',
    '<rootDir>/cli',
    '<rootDir>/ops',
    '<rootDir>/tests',
  ],
  testMatch: ['**/*.spec.ts'],
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
  // These ship ES modules only, or import one (mercurius); everything else is taken as it is.
  transformIgnorePatterns: ['/node_modules/(?!(jose|mercurius|quick-lru)/)'],
  // One a core: by default jest keeps a core free, which on a machine of two is half of it.
  maxWorkers: '100%',
  // For a machine that has other things to do; what hangs is found out all the same.
  testTimeout: 60000,
  reporters: ['default', '<rootDir>/tests/support/skipped-suites-reporter.js'],
};

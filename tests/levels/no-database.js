/* global jest */
// A class that stands in for SQLite in unit tests. A mapping of the module's name would do the same for the other levels, because
// jest resolves names once for all projects of one `id`.
jest.mock(
  'libsql',
  () =>
    class Database {
      constructor() {
        throw new Error(
          'A unit test opens a database: name the file *.integration.spec.ts, or use a store in memory',
        );
      }
    },
);

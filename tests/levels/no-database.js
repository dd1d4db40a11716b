/** Stands in for SQLite in unit tests. */
module.exports = class Database {
  constructor() {
    throw new Error(
      'A unit test opens a database: name the file *.integration.spec.ts, or use a store in memory',
    );
  }
};

const { CommandHandler } = require('@event-driven-io/emmett');
const { getSQLiteEventStore, sqliteConnection } = require('@event-driven-io/emmett-sqlite');

/**
 * Emmett's command handler over its SQLite store, on one connection that stays open. Transactions of two commands on one
 * connection would mix, so each command waits for the one before it.
 */
exports.openEmmett = ({ file, initial, evolve }) => {
  const connection = sqliteConnection({ fileName: file });
  const store = getSQLiteEventStore({ fileName: file, connectionOptions: { singleton: true, connection } });
  const handle = CommandHandler({ evolve, initialState: () => initial });
  let last = Promise.resolve();
  return {
    handle: (stream, decide) => {
      const answer = last.then(() => handle(store, stream, decide));
      last = answer.catch(() => undefined);
      return answer;
    },
    pragma: async (name) => Object.values(await connection.querySingle(`PRAGMA ${name}`))[0],
    close: () => connection.close(),
  };
};

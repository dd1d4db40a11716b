/**
 * Measures Emmett's SQLite consumer with one SQL projection: `emmett-consumer.cjs FILE HISTORY [PULLING]`. PULLING is its setting as JSON. HISTORY has a line of JSON for
 * each append: `{ stream, events }`. The store and the consumer share one connection that stays open.
 */
const { readFileSync } = require('node:fs');
const {
  getSQLiteEventStore,
  sqliteConnection,
  sqliteRawSQLProjection,
} = require('@event-driven-io/emmett-sqlite');

const statusOf = {
  OrderPlaced: 'PLACED',
  OrderAllocated: 'ALLOCATED',
  OrderPaid: 'PAID',
  ShipmentCreated: 'PACKING',
  ShipmentPacked: 'PACKED',
  ShipmentLoaded: 'LOADED',
  ShipmentDeliveryStarted: 'DELIVERING',
  ShipmentDelivered: 'DELIVERED',
};

const text = (value) => `'${value.replaceAll("'", "''")}'`;

const projectionUntil = (types, onEvent) =>
  sqliteRawSQLProjection({
    name: 'orders',
    canHandle: types,
    initSQL: 'CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, status TEXT NOT NULL)',
    evolve: ({ type, data }) => {
      onEvent();
      const id = text(data.orderId ?? data.shipmentId);
      return `INSERT INTO orders (id, status) VALUES (${id}, ${text(statusOf[type] ?? type)})
        ON CONFLICT (id) DO UPDATE SET status = excluded.status`;
    },
  });

const main = async ([fileName, history, pulling = '{}']) => {
  const connection = sqliteConnection({ fileName });
  const store = getSQLiteEventStore({ fileName, connectionOptions: { singleton: true, connection } });
  const lines = readFileSync(history, 'utf8').trim().split('\n');
  const types = new Set();
  let events = 0;
  for (const [index, line] of lines.entries()) {
    const append = JSON.parse(line);
    await store.appendToStream(append.stream, append.events);
    // The first append makes the tables.
    if (index === 0) await connection.command('PRAGMA journal_mode = WAL');
    append.events.forEach(({ type }) => types.add(type));
    events += append.events.length;
  }
  await connection.command('CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, status TEXT NOT NULL)');
  let seen = 0;
  let firstAtMs = 0;
  const consumer = store.consumer({ pulling: JSON.parse(pulling) });
  consumer.processor({
    processorId: 'orders',
    projection: projectionUntil([...types], () => {
      if (seen === 0) firstAtMs = performance.now();
      seen += 1;
    }),
    startFrom: 'BEGINNING',
    stopAfter: () => seen === events,
  });
  const cpuBefore = process.cpuUsage();
  await consumer.start();
  const seconds = (performance.now() - firstAtMs) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const [{ count }] = await connection.query('SELECT count(*) AS count FROM orders');
  if (seen !== events || count === 0) throw new Error(`It has seen ${seen} of ${events} events`);
  const rssMiB = process.resourceUsage().maxRSS / 1_024;
  process.stdout.write(
    `${JSON.stringify({ events, seconds, cores: (user + system) / 1e6 / seconds, rssMiB })}\n`,
  );
  connection.close();
};

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

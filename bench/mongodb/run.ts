/**
 * Measures documents written a second through the adapter, against bare bulkWrites of the same documents on the same
 * server: one with the guard of the adapter's writes, which shows the cost of the adapter, and one that overwrites
 * blindly, which shows the cost of the guard.
 * `ops/ci/services node -r ./tests/support/typescript-hook.js bench/mongodb/run.ts [batches] [documents a batch]`
 */
import { randomUUID } from 'node:crypto';
import { MongoClient, type Collection } from 'mongodb';
import { realClock } from '../../platform/clock';
import { positionOf } from '../../platform/event-store';
import type { CollectionSpec, Document } from '../../platform/read-models';
import { openMongoReadModels } from '../../platform/read-models/mongodb';

const ROUNDS = 3;
const GOAL = 0.8;
const [batches = 4, size = 50] = process.argv.slice(2).map(Number);
const server = process.env['WAYBILL_TEST_MONGODB'];
if (!server) throw new Error('Run it with ops/ci/services, or name a server in WAYBILL_TEST_MONGODB');

const spec: CollectionSpec = {
  name: 'order_details',
  version: 1,
  indexes: [
    { name: 'by_number', fields: ['number'] },
    { name: 'by_customer', fields: ['customerId', 'placedAt'] },
  ],
  schema: { type: 'object' },
};

/** Returns an order document of about 1 kB. */
const orderOf = (number: number): Document => {
  const document = {
    id: `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`,
    number,
    customerId: `customer-${number % 97}`,
    status: 'PAID',
    placedAt: '2026-01-31T08:00:00.000Z',
    total: { amountMinor: 1300, currency: 'GBP' },
    lines: Array.from({ length: 4 }, (_, line) => ({
      productId: `product-${line}`,
      sku: `SKU-${line}`,
      name: 'A mug with a retro spot',
      quantity: line + 1,
      unitPrice: { amountMinor: 100, currency: 'GBP' },
    })),
    timeline: ['Placed', 'Allocated', 'Paid'].map((summary) => ({
      at: '2026-01-31T08:00:00.000Z',
      summary,
    })),
  };
  return document;
};

type Stored = { readonly _id: string; readonly lastPosition: string };
type Batch = readonly Document[];
/** New documents, then the same ones again, as orders are rewritten when they progress. */
const load: readonly Batch[] = Array.from({ length: batches }, (_, batch) =>
  Array.from({ length: size }, (__, index) => orderOf((batch % Math.ceil(batches / 2)) * size + index)),
);

const perSecond = (startedAt: number): number => (batches * size * 1_000) / (performance.now() - startedAt);

const bare =
  (isGuarded: boolean) =>
  async (client: MongoClient, url: string): Promise<number> => {
    const database = client.db(new URL(url).pathname.slice(1));
    const collection: Collection<Stored> = database.collection('order_details_v1');
    await collection.createIndex({ number: 1, _id: 1 }, {}, {});
    await collection.createIndex({ customerId: 1, placedAt: 1, _id: 1 }, {}, {});
    const startedAt = performance.now();
    for (const [index, batch] of load.entries()) {
      const lastPosition = positionOf(index + 1);
      const guard = isGuarded ? { lastPosition: { $lt: lastPosition } } : {};
      await collection.bulkWrite(
        batch.map(({ id: _id, ...fields }) => ({
          replaceOne: { filter: { _id, ...guard }, replacement: { ...fields, lastPosition }, upsert: true },
        })),
        { ordered: false, writeConcern: { w: 'majority', journal: true } },
      );
    }
    const rate = perSecond(startedAt);
    await database.dropDatabase();
    return rate;
  };

const adapter = async (client: MongoClient, url: string): Promise<number> => {
  const models = openMongoReadModels({ url, clock: realClock, timeoutMs: 30_000 });
  await models.ensure(spec);
  const startedAt = performance.now();
  for (const [index, batch] of load.entries()) {
    const position = positionOf(index + 1);
    await models.write({
      collection: spec,
      upserts: batch.map((document) => ({ document, position })),
      deletes: [],
      position,
    });
  }
  const rate = perSecond(startedAt);
  await client.db(new URL(url).pathname.slice(1)).dropDatabase();
  await models.close();
  return rate;
};

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

const main = async (): Promise<void> => {
  const client = await new MongoClient(server).connect();
  const contenders = { adapter, guarded: bare(true), blind: bare(false) };
  const rates = new Map<string, number[]>();
  // In alternation, so that the load of other programs affects all; the first round only warms up.
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [name, run] of Object.entries(contenders)) {
      const rate = await run(client, `${server}/bench-${randomUUID()}`);
      if (round > 0) rates.set(name, [...(rates.get(name) ?? []), rate]);
    }
  await client.close();
  const of = (name: string): number => median(rates.get(name) ?? []);
  console.log(`${batches} batches of ${size} documents, half of them new, ${ROUNDS} rounds, documents/s`);
  for (const [name, values] of rates)
    console.log(`${name.padEnd(8)} median ${of(name).toFixed(0)}, worst ${Math.min(...values).toFixed(0)}`);
  console.log(`adapter / guarded  ${(of('adapter') / of('guarded')).toFixed(2)} (goal: at least ${GOAL})`);
  console.log(`adapter / blind    ${(of('adapter') / of('blind')).toFixed(2)}`);
};

void main();

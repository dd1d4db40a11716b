/**
 * Serves the edge alone, over documents in memory or over the embedded read models: `serve-edge.ts memory|embedded
 * DIRECTORY`. Sends its address, and on request its processor time, to the process that forked it.
 */
import { Registry } from 'prom-client';
import { readersOf, type Readers } from '../../gateways/graphql';
import { realClock, realRandom } from '../../platform/clock';
import { positionOf } from '../../platform/event-store';
import { memoryReadModels, openEmbeddedReadModels, type Stored } from '../../platform/read-models';
import { catalogue, type CatalogueProduct } from '../../projections/catalogue';
import { startEdge } from '../../tests/support/graphql/edge';
import { products } from './products';

const position = positionOf(1);

/** Returns readers with as little work as the peers' resolvers have. */
const inMemory = (): Readers => {
  const stored = products.map((document): Stored<CatalogueProduct> => ({ document, lastPosition: position }));
  const byId = new Map<string, Stored<CatalogueProduct>>(stored.map((one) => [one.document.id, one]));
  const all = products.map((document, index) => ({ document, cursor: String(index) }));
  const readers = readersOf(memoryReadModels(), realClock);
  return {
    ...readers,
    products: {
      ...readers.products,
      getMany: async (ids) => ids.flatMap((id) => byId.get(id) ?? []),
      list: (filter) => ({
        ...readers.products.list(filter),
        page: async ({ first }) => ({ items: all.slice(0, first), hasMore: all.length > first }),
        countUpTo: async (max) => Math.min(all.length, max),
      }),
    },
  };
};

const embedded = async (directory: string): Promise<Readers> => {
  const readModels = await openEmbeddedReadModels({ directory, clock: realClock });
  const { collection } = catalogue;
  await readModels.ensure(collection);
  const upserts = products.map((document) => ({ document, position }));
  await readModels.write({ collection, upserts, deletes: [], position });
  return readersOf(readModels, realClock);
};

const serve = async ([kind, directory = '']: readonly string[]): Promise<void> => {
  const rate = { perSecond: 1e9, burst: 1e9, clientsMax: 10_000 };
  const { app } = startEdge({
    readers: kind === 'embedded' ? await embedded(directory) : inMemory(),
    random: realRandom,
    metrics: new Registry(),
    // All requests come from one client here; other limits are the defaults.
    limits: { rate, workRate: rate },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
  process.on('disconnect', () => process.exit());
  process.send?.({ url: `${url}/graphql` });
};

void serve(process.argv.slice(2));

import { memoryReadModels } from '../../../platform/read-models/memory';
import { realClock } from '../../../platform/clock';
import { positionOf } from '../../../platform/event-store';
import type { CollectionSpec, ReadModels } from '../../../platform/read-models';
import { readModels as declared } from '../../../projections/read-models';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { fillReadModels } from '../../../tests/support/graphql/fill-read-models';
import { readersOf } from './read-model-readers';

/** Read models that write down which of them is read. */
const observed = (inner: ReadModels, read: Set<string>): ReadModels =>
  new Proxy(inner, {
    get: (target, method, receiver) => {
      const value = Reflect.get(target, method, receiver) as unknown;
      if (typeof value !== 'function') return value;
      return (first: CollectionSpec | string, ...rest: unknown[]): unknown => {
        if (typeof first === 'object') read.add(first.name);
        return (value as (...all: unknown[]) => unknown).call(target, first, ...rest);
      };
    },
  });

const started: ReturnType<typeof startEdge>[] = [];
afterEach(() => Promise.all(started.splice(0).map(({ app }) => app.close())));

const setUp = async () => {
  const [read, waitedFor] = [new Set<string>(), new Set<string>()];
  const readModels = observed(memoryReadModels(), read);
  for (const { collection } of Object.values(declared)) await readModels.ensure(collection);
  await fillReadModels(readModels);
  read.clear();
  const edge = startEdge({
    readers: readersOf(readModels, realClock),
    waitFor: async (names) => {
      for (const name of names) waitedFor.add(name);
      return true;
    },
  });
  started.push(edge);
  return { edge, read, waitedFor };
};

it.each([
  'me { name reviews { edges { node { product { name } } } } }',
  'cart { lines { product { stock { onHand } offers { seller { rating { count } } } } } }',
  'products { edges { node { reviews { edges { node { seller { name } } } } } } }',
  `order(id: "${ids.order}") { customer { name } lines { product { name } } shipments { warehouse { name } } }`,
  'orders { pageInfo { hasNextPage } }',
  `shipment(id: "${ids.shipment}") { order { number } items { product { name } } }`,
  'tracking(number: "1Z999") { status }',
  'warehouses { stock { edges { node { product { name } } } } }',
  'nearestWarehouse(x: 1, y: 1) { name }',
  `seller(id: "${ids.sam}") { name rating { average } }`,
  ...[ids.order, ids.mug, ids.warehouse].map((id) => `node(id: "${id}") { id }`),
  'exchangeLog(link: "world:main") { edges { node { note } } } parkedCarrierMessages { edges { cursor } }',
  'world { unacked }',
])('waits for every read model that it reads: %s', async (query) => {
  const { edge, read, waitedFor } = await setUp();
  const as = await edge.tokenOf(ids.ada, 'staff');
  const { data, errors } = await edge.ask(`{ ${query} }`, { as, headers: { 'x-read-after': positionOf(9) } });
  expect(errors).toBeUndefined();
  expect(Object.values(data ?? {})).not.toContain(null);
  expect(read.size).toBeGreaterThan(0);
  expect([...waitedFor]).toEqual(expect.arrayContaining([...read]));
});

it.each([
  ['consistencyToken', []],
  ['cart { itemCount }', ['carts']],
  ['cart { lines { product { name } } }', ['carts', 'catalogue']],
])('a mutation that shows %s waits for %j alone', async (shown, readModels) => {
  const { edge, read, waitedFor } = await setUp();
  const { errors } = await edge.ask(
    `mutation { addToCart(input: { productId: "${ids.mug}", quantity: 1 }) { ... on AddToCartSuccess { ${shown} } } }`,
    { as: await edge.tokenOf(ids.ada, 'customer') },
  );
  expect(errors).toBeUndefined();
  expect([...waitedFor].sort()).toEqual(readModels);
  expect([...read].sort()).toEqual(readModels);
});

import { fakeReaders, ids, shopDocuments, startEdge } from '../../../tests/support/graphql/edge';
import type { EdgeDeps } from '../deps';

const at = '2026-01-31T09:00:00.000Z';
const unknown = 'ffffffff-0000-4000-8000-000000000000';

/** An edge that tells which documents and histories are looked for, and whether each was found. */
const start = async () => {
  const looked: string[] = [];
  const readers = fakeReaders(shopDocuments(), []);
  const telling =
    <Id, Found>(what: string, getMany: (wanted: readonly Id[]) => Promise<readonly Found[]>) =>
    async (wanted: readonly Id[]) => {
      const found = await getMany(wanted);
      looked.push(`${what} ${found.length === 0 ? 'missing' : 'found'}`);
      return found;
    };
  const { orders, shipments } = readers;
  const events: EdgeDeps['events'] = {
    // eslint-disable-next-line require-yield -- every stream is empty here
    read: async function* (stream) {
      looked.push(
        `stream ${stream.endsWith(ids.order) || stream.endsWith(ids.shipment) ? 'found' : 'missing'}`,
      );
    },
    readAll: async function* () {},
    head: async () => undefined,
  };
  const edge = startEdge({
    readers: {
      ...readers,
      orders: {
        ...orders,
        getMany: telling('order', (wanted: readonly string[]) => orders.getMany(wanted)),
      },
      shipments: {
        ...shipments,
        getMany: telling('shipment', (wanted: readonly string[]) => shipments.getMany(wanted)),
      },
    },
    events,
  });
  const eve = await edge.tokenOf(ids.eve, 'customer');
  const ask = async (field: string) => {
    const { data } = await edge.ask(`{ ${field} { id } }`, { as: eve });
    expect(Object.values(data ?? {})).toEqual([null]);
    return looked.splice(0);
  };
  return { edge, ask };
};

describe('a document of another person', () => {
  let started: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(() => started.edge.app.close());

  it.each([
    ['order', ids.order],
    ['shipment', ids.shipment],
  ])('%s costs what a missing one costs, for it may be found in memory', async (name, id) => {
    expect(await started.ask(`${name}(id: "${unknown}")`)).toEqual([`${name} missing`]);
    expect(await started.ask(`${name}(id: "${id}")`)).toEqual([`${name} found`, `${name} missing`]);
  });

  it.each([
    ['order', ids.order],
    ['shipment', ids.shipment],
  ])('%s has no stream that is read', async (name, id) => {
    expect(await started.ask(`${name}(id: "${unknown}", asOf: "${at}")`)).toEqual([`${name} missing`]);
    expect(await started.ask(`${name}(id: "${id}", asOf: "${at}")`)).toEqual([
      `${name} found`,
      `${name} missing`,
    ]);
  });

  it('that is looked for by a number that there is not loads one all the same', async () => {
    expect(await started.ask('tracking(number: "none")')).toEqual(['shipment missing']);
  });
});

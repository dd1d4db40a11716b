import type { AccountId, Instant } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import {
  memoryEventStore,
  positionOf,
  streamName,
  type RecordedEvent,
  type StreamName,
} from '../../../platform/event-store';
import { paid, placed } from '../../../tests/support/domain/orders';
import { event } from '../../../tests/support/domain/shipments';
import { newEvent } from '../../../tests/support/event-store/new-events';
import { ids, shopDocuments, startEdge, type Shown } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';

let edge: ReturnType<typeof startEdge>;
let ada: string, eve: string, staff: string;

const start = async (settings: Parameters<typeof startEdge>[0] = {}) => {
  edge = startEdge(settings);
  ada = await edge.tokenOf(ids.ada, 'customer');
  eve = await edge.tokenOf(ids.eve, 'customer');
  staff = await edge.tokenOf(ids.sam, 'staff');
};
beforeEach(() => start());
afterEach(() => edge.app.close());

const data = async (query: string, as?: string): Promise<Shown> => {
  const answer = await edge.ask(query, as === undefined ? {} : { as });
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
};
const codeOf = async (query: string, as?: string) =>
  (await edge.ask(query, as === undefined ? {} : { as })).errors?.[0]?.extensions.code;

describe('the catalogue', () => {
  it('shows a product to any caller', async () => {
    const { product } = await data(`{ product(id: "${ids.mug}") {
      id number sku name description category price { amountMinor currency formatted } imageUrl active registeredAt
      availability { onHand available } rating { average count counts } offers { available price { formatted } seller { name rating { count } } }
      reviews { edges { node { rating text authorName product { name } seller { name } } } pageInfo { hasNextPage } }
    } }`);
    expect(product).toMatchObject({
      number: '1',
      price: { amountMinor: 1_300, currency: 'GBP', formatted: '£13.00' },
      availability: { onHand: 10, available: 7 },
      rating: { average: 4, count: 1, counts: [0, 0, 0, 1, 0] },
      offers: [
        { available: 7, price: { formatted: '£13.00' }, seller: { name: 'Sam', rating: { count: 1 } } },
      ],
      reviews: {
        edges: [{ node: { rating: 4, authorName: 'Ada', product: { name: 'Mug' }, seller: null } }],
      },
    });
  });

  it('goes on where a page ended', async () => {
    const page = (after = '') =>
      data(
        `{ products(first: 1${after}) { edges { cursor node { name } } pageInfo { hasNextPage endCursor } } }`,
      );
    const pageInfo = { hasNextPage: true, endCursor: '0' };
    expect(await page()).toEqual({
      products: { edges: [{ cursor: '0', node: { name: 'Mug' } }], pageInfo },
    });
    expect(await page(', after: "0"')).toMatchObject({
      products: { edges: [{ node: { name: 'Pot' } }], pageInfo: { hasNextPage: false } },
    });
  });

  it('finds words, within a category, in an order', async () => {
    const { products } = await data(
      '{ products(query: " pot ", category: "kitchen") { edges { node { name } } } }',
    );
    expect(products).toEqual({ edges: [{ node: { name: 'Pot' } }] });
    await data('{ products(sort: PRICE_DESCENDING) { edges { cursor } } }');
    expect(edge.reads).toContain('products.list PRICE_DESCENDING');
  });

  it('reads the documents of a page at once, not one by one', async () => {
    for (let number = 0; number < 30; number += 1)
      edge.shop.products.push({ ...edge.shop.products[0]!, id: `p${number}` as never });
    for (let time = 0; time < 6; time += 1) {
      edge.reads.length = 0;
      await data(
        '{ products(first: 30) { edges { node { offers { seller { name rating { count } } } } } } }',
      );
      expect(edge.reads).toEqual(['products.list NAME', 'accounts', 'sellerRatings']);
    }
  });
});

describe('who may see what', () => {
  const orderQuery = `{ order(id: "${ids.order}") { id } }`;

  it('an order is shown to its customer and to staff, and is not there for others', async () => {
    expect(await data(orderQuery, ada)).toEqual({ order: { id: ids.order } });
    expect(await data(orderQuery, staff)).toEqual({ order: { id: ids.order } });
    expect(await data(orderQuery, eve)).toEqual({ order: null });
    expect(await codeOf(orderQuery)).toBe('NOT_AUTHENTICATED');
  });

  it.each([
    [`shipment(id: "${ids.shipment}") { id }`, 'shipment'],
    ['tracking(number: "1Z999") { id }', 'tracking'],
    ['tracking(number: "9007") { id }', 'tracking'],
  ])('so is %s', async (field, name) => {
    expect(await data(`{ ${field} }`, ada)).toEqual({ [name]: { id: ids.shipment } });
    expect(await data(`{ ${field} }`, eve)).toEqual({ [name]: null });
    expect(await codeOf(`{ ${field} }`)).toBe('NOT_AUTHENTICATED');
  });

  it("orders are the caller's own, or all orders for staff", async () => {
    const query = '{ orders(status: PAID) { edges { node { id } } } }';
    const one = { orders: { edges: [{ node: { id: ids.order } }] } };
    expect(await data(query, ada)).toEqual(one);
    expect(await data(query, staff)).toEqual(one);
    expect(await data(query, eve)).toEqual({ orders: { edges: [] } });
    expect(await codeOf(query)).toBe('NOT_AUTHENTICATED');
  });

  it('orders are found by their name in a list by staff only, and by when they were sold', async () => {
    const query = '{ orders(reference: "536365") { edges { node { id reference source country } } } }';
    const node = { id: ids.order, reference: '536365', source: 'old-shop', country: 'Spain' };
    expect(await data(query, staff)).toEqual({ orders: { edges: [{ node }] } });
    expect(await codeOf(query, ada)).toBe('NOT_PERMITTED');
    expect(await codeOf('{ orders(reference: "536365", status: PAID) { edges { cursor } } }', staff)).toBe(
      'INPUT_INVALID',
    );
    const sold = (from: string) => `{ orders(soldFrom: "${from}") { edges { node { id } } } }`;
    expect(await data(sold('2026-01-31T08:00:00Z'), ada)).toEqual({
      orders: { edges: [{ node: { id: ids.order } }] },
    });
    expect(await data(sold('2026-01-31T08:00:01Z'), ada)).toEqual({ orders: { edges: [] } });
  });

  it('an order of a read model without sales is dated by its placing', async () => {
    const [stored] = edge.shop.orders;
    edge.shop.orders[0] = { ...stored!, document: { ...stored!.document, soldAt: undefined as never } };
    const query = `{ order(id: "${ids.order}") { soldAt } }`;
    expect(await data(query, ada)).toEqual({ order: { soldAt: '2026-01-31T08:00:00.000Z' } });
  });

  it('a node is the object with the id, if the caller may see it', async () => {
    const shown = async (id: string, as?: string) => {
      const { node } = await data(`{ node(id: "${id}") { __typename id } }`, as);
      return node;
    };
    const { ada: account, mug, order, review, shipment } = ids;
    expect(await shown(mug)).toEqual({ __typename: 'Product', id: mug });
    expect(await shown('1')).toEqual({ __typename: 'Warehouse', id: '1' });
    expect(await shown(review)).toEqual({ __typename: 'Review', id: review });
    expect(await shown(order, ada)).toEqual({ __typename: 'Order', id: order });
    expect(await shown(shipment, ada)).toEqual({ __typename: 'Shipment', id: shipment });
    expect(await shown(account, ada)).toEqual({ __typename: 'Account', id: account });
    for (const hidden of [order, shipment, account]) expect(await shown(hidden, eve)).toBeNull();
    expect(await shown('nonsense')).toBeNull();
  });

  it.each([
    'projections { name }',
    'salesByDay { edges { cursor } }',
    'world { id }',
    'lowStock { edges { cursor } }',
    'exchangeLog(link: "world:main") { edges { cursor } }',
    'parkedCarrierMessages { edges { cursor } }',
    'events(stream: "order-1") { id }',
  ])('%s is for staff', async (field) => {
    expect(await codeOf(`{ ${field} }`)).toBe('NOT_AUTHENTICATED');
    expect(await codeOf(`{ ${field} }`, ada)).toBe('NOT_PERMITTED');
    await data(`{ ${field} }`, staff);
  });

  it('stock is for staff', async () => {
    const query = `{ product(id: "${ids.mug}") { stock { onHand } } warehouses { stock { edges { node { product { name } warehouse { id } } } } } }`;
    expect(await codeOf(query, ada)).toBe('NOT_PERMITTED');
    expect(await data(query, staff)).toMatchObject({
      product: { stock: [{ onHand: 7 }] },
      warehouses: [
        { stock: { edges: [{ node: { product: { name: 'Mug' }, warehouse: { id: '1' } } }] } },
        { stock: { edges: [] } },
        { stock: { edges: [] } },
      ],
    });
  });

  it('me is who asks; a token that does not count makes no guest', async () => {
    const query = '{ me { id email name roles } }';
    expect(await data(query, ada)).toMatchObject({ me: { name: 'Ada', email: 'ada@example.com' } });
    expect(await data(query, eve)).toMatchObject({ me: { id: ids.eve, roles: ['customer'] } });
    expect(await data(query)).toEqual({ me: null });
    const { errors } = await edge.ask(query, { as: 'Bearer forged' });
    expect(errors?.[0]).toMatchObject({ message: 'The access token is not valid: log in again.' });
  });
});

it('shows a cart, and an empty one where there was none', async () => {
  const query =
    '{ cart { itemCount total { formatted } lines { name quantity total { formatted } product { id } } } }';
  const total = { formatted: '£26.00' };
  expect(await data(query, ada)).toEqual({
    cart: { itemCount: 2, total, lines: [{ name: 'Mug', quantity: 2, total, product: { id: ids.mug } }] },
  });
  expect(await data(query, eve)).toEqual({ cart: { itemCount: 0, total: null, lines: [] } });
});

it('has a remedy for a cart whose total exceeded the maximum of an order before prices were bounded', async () => {
  const [line] = shopDocuments().carts[0]!.lines;
  const price = { ...line!.unitPrice, amountMinor: Number.MAX_SAFE_INTEGER };
  edge.shop.carts = [{ ...edge.shop.carts[0]!, lines: [{ ...line!, quantity: 2, unitPrice: price }] }];
  expect(await codeOf('{ cart { total { formatted } } }', ada)).toBe('INPUT_INVALID');
  expect(await codeOf('{ cart { lines { total { formatted } } } }', ada)).toBe('INPUT_INVALID');
  expect(await data('{ cart { itemCount lines { productId quantity } } }', ada)).toEqual({
    cart: { itemCount: 2, lines: [{ productId: ids.mug, quantity: 2 }] },
  });
});

it('shows an order with its shipments', async () => {
  const { order } = await data(
    `{ order(id: "${ids.order}") { number status placedAt total { formatted } destination { x y } customer { name }
      lines { product { name } sku quantity unitPrice { formatted } } timeline { at type summary }
      shipments { number status warehouse { id x y } destination { x y } truckId trackingNumber items { name } timeline { summary } order { id } } } }`,
    ada,
  );
  expect(order).toMatchObject({
    number: '1001',
    status: 'PAID',
    customer: { name: 'Ada' },
    lines: [{ product: { name: 'Mug' }, quantity: 2 }],
    shipments: [
      {
        number: '9007',
        status: 'PACKING',
        warehouse: { id: '1', x: 0, y: 0 },
        trackingNumber: '1Z999',
        truckId: null,
      },
    ],
  });
});

it('shows an order and its shipments, and a shipment and its order, as they stood', async () => {
  await edge.app.close();
  const store = memoryEventStore(createVirtualClock());
  const own = { orderId: ids.order, customerId: ids.ada, shipmentId: ids.shipment };
  const at = (hour: number) => `2026-01-31T0${hour}:00:00.000Z`;
  await store.append(streamName('order', ids.order), 'no-stream', [
    newEvent({ ...placed.data, ...own, placedAt: at(7) }, 'OrderPlaced'),
    newEvent({ ...paid.data, ...own, paidAt: at(9) }, 'OrderPaid'),
  ]);
  await store.append(streamName('shipment', ids.shipment), 'no-stream', [
    newEvent({ ...event.created.data, ...own, createdAt: at(8) }, 'ShipmentCreated'),
    newEvent({ ...event.packed.data, ...own, packedAt: at(9) }, 'ShipmentPacked'),
  ]);
  await start({ events: store });
  const query = `{ order(id: "${ids.order}", asOf: "2026-01-31T09:30:00+01:00") { status shipments { status } } }`;
  expect(await data(query, ada)).toEqual({
    order: { status: 'PLACED', shipments: [{ status: 'PACKING' }] },
  });
  expect(await data(query, eve)).toEqual({ order: null });
  const other = `{ shipment(id: "${ids.shipment}", asOf: "2026-01-31T09:30:00+01:00") { status order { status } } }`;
  expect(await data(other, ada)).toEqual({ shipment: { status: 'PACKING', order: { status: 'PLACED' } } });
});

it('finds the nearest warehouse that is active', async () => {
  const nearest = (x: number, y: number) => data(`{ nearestWarehouse(x: ${x}, y: ${y}) { id } }`);
  const one = { nearestWarehouse: { id: '1' } };
  expect(await nearest(4, 4)).toEqual(one);
  expect(await nearest(6, 6)).toEqual({ nearestWarehouse: { id: '2' } });
  expect(await nearest(5, 5)).toEqual(one);
  expect(await nearest(-2_147_483_648, 2_147_483_647)).toEqual(one);
});

it('shows sellers, and no other account as one', async () => {
  const query = (id: AccountId) =>
    `{ seller(id: "${id}") { name rating { average } reviews { edges { cursor } } } }`;
  expect(await data(query(ids.sam))).toMatchObject({ seller: { name: 'Sam', rating: { average: 5 } } });
  expect(await data(query(ids.ada))).toEqual({ seller: null });
});

it('shows staff what is stored, but no secrets', async () => {
  await edge.app.close();
  const event: RecordedEvent = {
    ...{ id: 'e', type: 'AccountRegistered', stream: 'account-1' as StreamName, revision: 3n },
    ...{ position: positionOf(7), recordedAt: '2026-01-31T08:00:00.000Z' as Instant },
    data: { email: 'ada@example.com', passwordHash: '$argon2id$…' },
    metadata: { $correlationId: 'c', $causationId: 'd', actor: 'customer:guest', schema: 1 },
  };
  const reads: unknown[] = [];
  await start({
    events: {
      read: async function* (...asked) {
        reads.push(asked);
        yield event;
      },
      readAll: async function* () {},
      head: async () => undefined,
    },
  });
  const { events } = await data(
    '{ events(stream: "account-1", from: 3, first: 5) { type revision data actor correlationId } }',
    staff,
  );
  expect(events).toEqual([
    {
      ...{ type: 'AccountRegistered', revision: 3, actor: 'customer:guest', correlationId: 'c' },
      data: { email: 'ada@example.com', passwordHash: '[redacted]' },
    },
  ]);
  expect(reads).toEqual([['account-1', { from: 3n, limit: 5 }]]);
});

it('shows staff the link to the World and what crossed it', async () => {
  edge.shop.worldLinks.push({
    ...{ id: 'main', worldId: '12' as never, connected: true, warehouses: [1] },
    ...{ since: '2026-01-31T08:00:00.000Z' as Instant, lastLoss: null },
  });
  edge.shop.exchanges.push({
    ...{ id: 'x', link: 'world:main', direction: 'sent', kind: 'pack', status: 'acked', seqnum: 5 },
    ...{ shipmentNumber: 9_007, content: '{}', note: null, at: '2026-01-31T08:00:00.000Z' as Instant },
    ...{ settledAt: null, correlationId: 'c', parked: false },
  });
  const { world, exchangeLog } = await data(
    '{ world { id link connected unacked } exchangeLog(link: "world:main") { edges { node { kind shipmentNumber seqnum } } } }',
    staff,
  );
  expect(world).toEqual({ id: '12', link: 'main', connected: true, unacked: 2 });
  expect(exchangeLog).toEqual({ edges: [{ node: { kind: 'pack', shipmentNumber: '9007', seqnum: 5 } }] });
});

it('shows staff the carrier messages that wait for them, page by page, and no others', async () => {
  const kept = (kind: string, parked: boolean) => ({
    ...{ id: kind, link: 'carrier:ups', direction: 'received', kind, status: 'parked', seqnum: null, parked },
    ...{ shipmentNumber: 9_007, content: '{}', note: 'Why.', at: '2026-01-31T08:00:00.000Z' as Instant },
    ...{ settledAt: null, correlationId: 'c' },
  });
  edge.shop.exchanges.push(kept('delivered', true) as never, kept('tracking', false) as never);
  edge.shop.exchanges.push(kept('truck-arrived', true) as never);
  const { parkedCarrierMessages } = await data(
    '{ parkedCarrierMessages(first: 2) { edges { node { id kind note } } pageInfo { hasNextPage } } }',
    staff,
  );
  expect(parkedCarrierMessages).toEqual({
    edges: ['delivered', 'truck-arrived'].map((kind) => ({ node: { id: kind, kind, note: 'Why.' } })),
    pageInfo: { hasNextPage: false },
  });
});

describe('sales by day', () => {
  beforeEach(() => {
    const amounts = [
      { currency: 'EUR' as CurrencyCode, sold: 500, paid: 0, refunded: 0, refundsRefused: 0 },
      { currency: 'GBP' as CurrencyCode, sold: 1_300, paid: 1_300, refunded: 890, refundsRefused: 90 },
    ];
    for (const day of ['2026-01-30', '2026-01-31', '2026-02-01'])
      edge.shop.sales.push({ id: day, day, orders: 3, units: 7, cancelled: 1, amounts });
  });

  it('are shown to staff, from the first day to the last', async () => {
    const { salesByDay } = await data(
      `{ salesByDay(from: "2026-01-31", to: "2026-01-31") { totalCount edges { node {
        day orders units cancelled amounts { total { formatted } paid { formatted } refunded { formatted } refundsRefused { formatted } }
      } } } }`,
      staff,
    );
    const formatted = (amount: string) => ({ formatted: amount });
    const node = {
      ...{ day: '2026-01-31', orders: 3, units: 7, cancelled: 1 },
      amounts: [
        {
          ...{ total: formatted('€5.00'), paid: formatted('€0.00') },
          ...{ refunded: formatted('€0.00'), refundsRefused: formatted('€0.00') },
        },
        {
          ...{ total: formatted('£13.00'), paid: formatted('£13.00') },
          ...{ refunded: formatted('£8.90'), refundsRefused: formatted('£0.90') },
        },
      ],
    };
    expect(salesByDay).toEqual({ totalCount: 1, edges: [{ node }] });
  });

  it('are paged', async () => {
    const { salesByDay } = await data('{ salesByDay(last: 2) { edges { node { day } } } }', staff);
    expect(salesByDay).toEqual({
      edges: [{ node: { day: '2026-01-31' } }, { node: { day: '2026-02-01' } }],
    });
  });

  it.each(['2026-02-30', '2026-1-31', '31.01.2026', '2026-01-31T00:00:00.000Z'])(
    'are refused for %s, which is no day',
    async (day) =>
      expect(await codeOf(`{ salesByDay(from: "${day}") { totalCount } }`, staff)).toBe('INPUT_INVALID'),
  );
});

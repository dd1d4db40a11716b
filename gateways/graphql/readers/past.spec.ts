import type { Instant } from '../../../domain/kernel';
import { memoryEventStore, streamName, type EventStore } from '../../../platform/event-store';
import { captured, paid, paymentRequested, placed } from '../../../tests/support/domain/orders';
import { newEvent } from '../../../tests/support/event-store/new-events';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';

const at = (hour: number): Instant => `2026-01-30T0${hour}:00:00.000Z` as Instant;
const paymentId = '00000030-0000-4000-8000-000000000000';
const own = { orderId: ids.order, customerId: ids.ada, paymentId };
const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' });
const ofStock = { warehouseId: 1, productId: ids.mug };

/** A day of one product: registered at 1, ten received at 2, its price raised at 4; one order of it, paid at 6. */
const history = async (): Promise<EventStore> => {
  const store = memoryEventStore(createVirtualClock());
  const product = { productId: ids.mug, number: 1, sku: 'mug', name: 'Mug', description: '', category: 'c' };
  await store.append(streamName('product', ids.mug), 'no-stream', [
    newEvent({ ...product, price: gbp(1_000), registeredAt: at(1) }, 'ProductRegistered'),
    newEvent(
      { productId: ids.mug, price: gbp(1_300), previous: gbp(1_000), changedAt: at(4) },
      'ProductPriceChanged',
    ),
  ]);
  await store.append(streamName('stock', `1-${ids.mug}`), 'no-stream', [
    newEvent({ ...ofStock, quantity: 10, receivedAt: at(2) }, 'StockReceived'),
    newEvent({ ...ofStock, threshold: 20, setAt: at(5) }, 'StockThresholdSet'),
  ]);
  await store.append(streamName('cart', ids.ada), 'no-stream', [
    newEvent(
      {
        ...own,
        productId: ids.mug,
        sku: 'mug',
        name: 'Mug',
        quantity: 2,
        unitPrice: gbp(1_000),
        addedAt: at(3),
      },
      'CartLineAdded',
    ),
    newEvent({ ...own, productId: ids.mug, removedAt: at(5) }, 'CartLineRemoved'),
  ]);
  await store.append(streamName('order', ids.order), 'no-stream', [
    newEvent({ ...placed.data, ...own, placedAt: at(5) }, 'OrderPlaced'),
    newEvent({ ...paid.data, ...own, paidAt: at(6) }, 'OrderPaid'),
  ]);
  await store.append(streamName('payment', paymentId), 'no-stream', [
    newEvent({ ...paymentRequested.data, ...own, requestedAt: at(5) }, 'PaymentRequested'),
    newEvent({ ...captured.data, ...own, capturedAt: at(6) }, 'PaymentCaptured'),
  ]);
  return store;
};

const start = async (settings: Parameters<typeof startEdge>[0] = {}) => {
  const clock = createVirtualClock();
  const edge = startEdge({ clock, events: await history(), ...settings });
  edge.shop.payments.push({ id: paymentId, customerId: ids.ada } as never);
  const tokens = {
    ada: await edge.tokenOf(ids.ada, 'customer'),
    staff: await edge.tokenOf(ids.sam, 'staff'),
  };
  const ask = async (query: string, who: keyof typeof tokens = 'staff') => {
    const { data, errors } = await edge.ask(query, { as: tokens[who] });
    return errors === undefined ? data : errors[0];
  };
  return { edge, clock, ask };
};

describe('a moment of the past', () => {
  let started: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    started = await start();
  });
  afterEach(() => started.edge.app.close());

  it('shows a product with its price and its stock of then', async () => {
    const then = (hour: number) =>
      started.ask(
        `{ product(id: "${ids.mug}", asOf: "${at(hour)}") { price { amountMinor } availability { available } } }`,
      );
    expect(await then(3)).toEqual({
      product: { price: { amountMinor: 1_000 }, availability: { available: 10 } },
    });
    expect(await then(4)).toMatchObject({ product: { price: { amountMinor: 1_300 } } });
    expect(await then(1)).toMatchObject({ product: { availability: { available: 0 } } });
  });

  it('shows lists for staff as they were', async () => {
    const then = (hour: number) =>
      started.ask(
        `{ orders(asOf: "${at(hour)}") { totalCount edges { node { status } } }
           products(asOf: "${at(hour)}") { edges { node { name } } }
           lowStock(asOf: "${at(hour)}") { totalCount } }`,
      );
    expect(await then(2)).toEqual({
      orders: { totalCount: 0, edges: [] },
      products: { edges: [{ node: { name: 'Mug' } }] },
      lowStock: { totalCount: 0 },
    });
    expect(await then(5)).toMatchObject({
      orders: { totalCount: 1, edges: [{ node: { status: 'PLACED' } }] },
      lowStock: { totalCount: 1 },
    });
    expect(await then(6)).toMatchObject({ orders: { edges: [{ node: { status: 'PAID' } }] } });
  });

  it('shows the stock of a product in a warehouse', async () => {
    const then = (hour: number) =>
      started.ask(
        `{ stockLevel(warehouseId: "1", productId: "${ids.mug}", asOf: "${at(hour)}") { onHand lowStockThreshold } }`,
      );
    expect(await then(1)).toEqual({ stockLevel: null });
    expect(await then(2)).toEqual({ stockLevel: { onHand: 10, lowStockThreshold: null } });
    expect(await then(5)).toEqual({ stockLevel: { onHand: 10, lowStockThreshold: 20 } });
  });

  it('shows customers their cart, payment and order', async () => {
    const then = (hour: number) =>
      started.ask(
        `{ cart(asOf: "${at(hour)}") { itemCount } payment(id: "${paymentId}", asOf: "${at(hour)}") { status }
           order(id: "${ids.order}", asOf: "${at(hour)}") { status } }`,
        'ada',
      );
    expect(await then(2)).toEqual({ cart: { itemCount: 0 }, payment: null, order: null });
    expect(await then(3)).toMatchObject({ cart: { itemCount: 2 } });
    const atFive = { cart: { itemCount: 0 }, payment: { status: 'REQUESTED' }, order: { status: 'PLACED' } };
    expect(await then(5)).toEqual(atFive);
    expect(await then(6)).toMatchObject({ payment: { status: 'CAPTURED' }, order: { status: 'PAID' } });
  });

  it.each(['orders', 'products'])('does not show %s of the past to customers', async (list) => {
    expect(await started.ask(`{ ${list}(asOf: "${at(5)}") { totalCount } }`, 'ada')).toMatchObject({
      extensions: { code: 'NOT_PERMITTED' },
    });
  });

  it.each([
    ['MOMENT_IN_FUTURE', '2026-01-31T09:00:00.000Z'],
    ['MOMENT_BEFORE_HISTORY', '2020-01-01T00:00:00.000Z'],
  ])('answers %s for a moment outside of the history', async (code, moment) => {
    for (const field of ['cart(asOf: "T") { itemCount }', 'orders(asOf: "T") { totalCount }'])
      expect(await started.ask(`{ ${field.replace('T', moment)} }`)).toMatchObject({
        message: expect.stringContaining(moment) as string,
        extensions: { code },
      });
  });

  it('explains to staff why a field is so, and what shaped the document', async () => {
    const query = `{ explain(readModel: "order", id: "${ids.order}", field: "paid") {
      exists shapedCount
      fields { path value setBy { type stream revision at } chain { types } }
      shaped(from: 1, first: 1) { event { type } changes { path before after } } } }`;
    const paidAt = { type: 'OrderPaid', stream: `order-${ids.order}`, revision: 1, at: at(6) };
    expect(await started.ask(query)).toMatchObject({
      explain: {
        exists: true,
        shapedCount: 3,
        fields: [
          { path: 'paid.amountMinor', value: 2670, setBy: paidAt, chain: [{ types: ['OrderPaid'] }] },
          { path: 'paid.currency', value: 'GBP', setBy: { type: 'OrderPlaced' } },
        ],
        shaped: [
          {
            event: { type: 'OrderPaid' },
            changes: expect.arrayContaining([
              { path: 'status', before: 'PLACED', after: 'PAID' },
            ]) as unknown[],
          },
        ],
      },
    });
    expect(await started.ask(query, 'ada')).toMatchObject({ extensions: { code: 'NOT_PERMITTED' } });
    const other = (readModel: string) =>
      started.ask(`{ explain(readModel: "${readModel}", id: "x") { id } }`);
    expect(await other('stock_levels')).toEqual({ explain: null });
    expect(await other('weather')).toMatchObject({ extensions: { code: 'INPUT_INVALID' } });
  });
});

import type { OrderId, ProductId } from '../../domain/kernel';
import { order, paymentOf, type KnownOrder } from '../../domain/order';
import { shipment } from '../../domain/shipment';
import { setAsideFor } from '../../domain/stock';
import {
  ann,
  buy,
  createOrderBench,
  customer,
  furnish,
  shipmentsOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';

const asAnn = { as: customer(ann) };

/** No World answers, so each shipment waits to be packed. */
const open = async () => {
  const bench = createOrderBench({ world: false });
  const goods = await furnish(bench);
  bench.start();
  return { bench, ...goods };
};

const statusesOf = async (bench: OrderBench, orderId: OrderId) => {
  const ids = await shipmentsOf(bench, orderId);
  const { aggregates } = bench.life();
  const states = await Promise.all(ids.map((id) => bench.clock.drive(aggregates.of(shipment).load(id))));
  return states.map((state) =>
    state.status === 'NONE' ? 'NONE' : [state.status, ...state.items.map(({ quantity }) => quantity)],
  );
};

const known = async (bench: OrderBench, orderId: OrderId): Promise<KnownOrder> =>
  (await bench.clock.drive(bench.life().aggregates.of(order).load(orderId))) as KnownOrder;

const one = (productId: ProductId, quantity = 1) => ({ lines: [{ productId, quantity }] });

describe('goods of a paid order that are cancelled', () => {
  it('are back on hand, and what is left of the parcel is packed in another one', async () => {
    const { bench, near, mug } = await open();
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    await bench.demand('cancelGoods', { orderId, ...one(mug) }, asAnn);
    await bench.settle();
    expect(await statusesOf(bench, orderId)).toEqual([
      ['CANCELLED', 3],
      ['PACKING', 2],
    ]);
    const stock = await bench.stockOf(near, mug);
    expect([stock.onHand, setAsideFor(stock, orderId)]).toEqual([8, 2]);
    expect(await bench.status(orderId)).toBe('PAID');
    expect(paymentOf(await known(bench, orderId))?.refunds).toMatchObject([
      { amount: { amountMinor: 500 }, done: true },
    ]);
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
  });

  it('are cancelled once, however often the command comes', async () => {
    const { bench, near, mug } = await open();
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    const sent = { orderId, ...one(mug) };
    await bench.demand('cancelGoods', sent, { ...asAnn, id: 'once' });
    await bench.demand('cancelGoods', sent, { ...asAnn, id: 'once' });
    await bench.settle();
    expect((await bench.stockOf(near, mug)).onHand).toBe(8);
    expect(await bench.count('OrderGoodsCancelled')).toBe(1);
  });

  it('keep the place of the order in the queue, and of the goods that come it takes what it still needs', async () => {
    const { bench, near, far, mug } = await open();
    await bench.demand('removeStock', { warehouseId: far, productId: mug, quantity: 100, reason: 'gone' });
    const orderId = await buy(bench, [[mug, 12]]);
    await bench.settle();
    await bench.demand('cancelGoods', { orderId, ...one(mug, 5) }, asAnn);
    await bench.settle();
    const [part] = (await known(bench, orderId)).parts;
    const { warehouseId } = part!;
    // Seven are there, so the order has them at once.
    if (warehouseId === near) expect(setAsideFor(await bench.stockOf(near, mug), orderId)).toBe(7);
    await bench.demand('receiveStock', { warehouseId, productId: mug, quantity: 20 });
    await bench.settle();
    expect(setAsideFor(await bench.stockOf(warehouseId, mug), orderId)).toBe(7);
    expect(await statusesOf(bench, orderId)).toEqual([['PACKING', 7]]);
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
  });

  it('that are all of an order cancel it', async () => {
    const { bench, near, mug } = await open();
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    await bench.demand('cancelGoods', { orderId, ...one(mug, 2) }, asAnn);
    await bench.settle();
    await bench.demand('cancelGoods', { orderId, ...one(mug, 1) }, asAnn);
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect((await bench.stockOf(near, mug)).onHand).toBe(10);
    expect((await statusesOf(bench, orderId)).map(([status]) => status)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  it('before the warehouses are chosen are never set aside', async () => {
    const bench = createOrderBench({ world: false });
    const { near, mug } = await furnish(bench);
    const orderId = await buy(bench, [[mug, 3]]);
    // The reactors run only from now on.
    await bench.demand('cancelGoods', { orderId, ...one(mug) }, asAnn);
    bench.start();
    await bench.settle();
    expect(setAsideFor(await bench.stockOf(near, mug), orderId)).toBe(2);
    expect(await statusesOf(bench, orderId)).toEqual([['PACKING', 2]]);
    expect(bench.parking.all()).toEqual([]);
  });

  it('are packed already for a customer, and not for staff', async () => {
    const { bench, near, mug } = await open();
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    const [shipmentId] = await shipmentsOf(bench, orderId);
    await bench.demand('recordPacked', { shipmentId: shipmentId! });
    expect(await bench.refusal('cancelGoods', { orderId, ...one(mug) }, asAnn)).toEqual({
      ...{ code: 'ORDER_ALREADY_PACKED', orderId },
    });
    await bench.demand('cancelGoods', { orderId, ...one(mug) });
    await bench.settle();
    expect((await bench.stockOf(near, mug)).onHand).toBe(8);
  });

  it('of which the World loads one are on their way', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    bench.start();
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    const { code } = await bench.refusal('cancelGoods', { orderId, ...one(mug) });
    expect(code).toBe('ORDER_WRONG_STATUS');
  });
});

import type { OrderId } from '../../domain/kernel';
import {
  ann,
  bob,
  buy,
  createOrderBench,
  createScriptedProvider,
  customer,
  furnish,
  gbp,
  shipmentsOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';

const open = async (options?: Parameters<typeof createOrderBench>[0]) => {
  const bench = createOrderBench(options);
  const goods = await furnish(bench);
  bench.start();
  return { bench, ...goods };
};

const nothingIsParked = (bench: OrderBench): void => expect(bench.parking.all()).toEqual([]);

describe("an order's life", () => {
  it('goes from the cart to the delivery, from the nearest warehouse that has it', async () => {
    const { bench, near, mug } = await open();
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 7 });
    await bench.stockSums();
    nothingIsParked(bench);
  });

  it('is split over several warehouses where none holds all', async () => {
    const { bench, mug, pen } = await open();
    const orderId = await buy(bench, [
      [mug, 105],
      [pen, 2],
    ]);
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await shipmentsOf(bench, orderId)).toHaveLength(2);
    await bench.stockSums();
  });

  it('waits for goods that have to be bought, and goes on when they arrive', async () => {
    const { bench, near, pen } = await open();
    const orderId = await buy(bench, [[pen, 50]]);
    await bench.settle();
    expect(await bench.count('StockReplenishmentRequested')).toBe(1);
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await shipmentsOf(bench, orderId)).toHaveLength(1);
    expect((await bench.stockOf(near, pen)).queue).toEqual([]);
    await bench.stockSums();
  });

  it('leaves from the warehouse that the customer chose', async () => {
    const { bench, far, mug } = await open();
    await buy(bench, [[mug, 1]], { warehouseId: far });
    await bench.settle();
    expect(await bench.stockOf(far, mug)).toMatchObject({ onHand: 99 });
  });

  it('is not released before it is paid', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]], { pay: null });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('PLACED');
    expect(await bench.count('ShipmentCreated')).toBe(0);
    await bench.demand('payOrder', { orderId, paymentMethod: 'test' }, { as: customer(ann) });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
  });

  it('waits for the first warehouse without holding up anything else', async () => {
    const bench = createOrderBench();
    bench.start();
    const { productId } = await bench.demand('registerProduct', {
      sku: 'MUG',
      name: 'Mug',
      description: '',
      category: '',
      price: gbp(500),
    });
    const orders = [await buy(bench, [[productId, 1]]), await buy(bench, [[productId, 1]], { by: bob })];
    await bench.settle();
    expect(bench.parking.all()).toMatchObject([{ workflow: 'allocation' }, { workflow: 'allocation' }]);
    await bench.demand('registerWarehouse', { name: 'First', place: { x: 0, y: 0 } });
    await bench.settle();
    await bench.clock.advance(100);
    await bench.settle();
    for (const orderId of orders) expect(await bench.status(orderId)).toBe('FULFILLED');
    nothingIsParked(bench);
  });

  it('sends its shipments elsewhere when the destination changes', async () => {
    const { bench, mug } = await open({ world: false });
    const orderId = await buy(bench, [[mug, 1]]);
    await bench.settle();
    await bench.demand('changeDestination', { orderId, destination: { x: 9, y: 9 } }, { as: customer(ann) });
    await bench.settle();
    const changed = (await bench.events()).find(({ type }) => type === 'ShipmentDestinationChanged');
    expect(changed?.data).toMatchObject({ destination: { x: 9, y: 9 } });
  });
});

describe('an order that is called off', () => {
  const sumOf = async (bench: OrderBench, type: string): Promise<number> =>
    (await bench.events())
      .filter((event) => event.type === type)
      .reduce((sum, { data }) => sum + (data as { amount: { amountMinor: number } }).amount.amountMinor, 0);

  it('gives its goods back when it was not paid', async () => {
    const { bench, near, mug } = await open();
    const orderId = await buy(bench, [[mug, 4]], { pay: null });
    await bench.settle();
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 6 });
    await bench.demand('cancelOrder', { orderId }, { as: customer(ann) });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('CANCELLED');
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10 });
  });

  it('is refunded, its shipment cancelled and its goods given back, when it was paid', async () => {
    const { bench, near, mug } = await open({ world: false });
    const orderId = await buy(bench, [[mug, 4]]);
    await bench.settle();
    expect(await bench.count('ShipmentCreated')).toBe(1);
    await bench.demand('cancelOrder', { orderId }, { as: customer(ann) });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(await bench.count('ShipmentCancelled')).toBe(1);
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10 });
    expect(await sumOf(bench, 'PaymentRefunded')).toBe(await sumOf(bench, 'PaymentCaptured'));
    nothingIsParked(bench);
  });

  it('gives up its place in the queue', async () => {
    const { bench, near, pen } = await open({ world: false });
    const orderId = await buy(bench, [[pen, 50]]);
    await bench.settle();
    await bench.demand('cancelOrder', { orderId });
    await bench.settle();
    expect((await bench.stockOf(near, pen)).queue).toEqual([]);
    expect(await bench.status(orderId)).toBe('REFUNDED');
  });

  it('gives everything back when it is cancelled while it is allocated', async () => {
    const { bench, near, mug } = await open();
    // Placed and cancelled before the workflows see either.
    await bench.stop();
    const orderId = await buy(bench, [[mug, 4]], { pay: null });
    await bench.demand('cancelOrder', { orderId });
    bench.restart();
    bench.start();
    await bench.settle();
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10 });
    expect(await bench.count('OrderAllocated')).toBe(0);
    nothingIsParked(bench);
  });

  it('is delivered all the same when it is on a truck', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 4]]);
    await bench.settle();
    expect(await bench.refusal('cancelOrder', { orderId })).toMatchObject({ code: 'ORDER_WRONG_STATUS' });
  });

  it('takes back money that comes too late', async () => {
    const provider = createScriptedProvider();
    const { bench, mug } = await open({ provider });
    const orderId = await buy(bench, [[mug, 1]], { pay: null });
    provider.captures.push(
      ...Array.from({ length: 4 }, () => ({ kind: 'unknown', reason: 'down' }) as const),
    );
    const paying = await bench.send('payOrder', { orderId, paymentMethod: 'test' });
    expect(paying.kind).toBe('unknown');
    await bench.demand('cancelOrder', { orderId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(await sumOf(bench, 'PaymentRefunded')).toBe(500);
  });

  it('ends cancelled when the provider refuses the refund, says why, and is refunded when staff ask again', async () => {
    const provider = createScriptedProvider();
    const { bench, near, mug } = await open({ provider, world: false });
    const orderId = await buy(bench, [[mug, 1]]);
    provider.refunds.push({ kind: 'declined', reason: 'the card is closed' });
    await bench.demand('cancelOrder', { orderId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('CANCELLED');
    expect((await bench.events()).find(({ type }) => type === 'OrderRefundRefused')!.data).toMatchObject({
      orderId,
      amount: gbp(500),
      reason: 'the card is closed',
    });
    // Its goods have gone back, and do not leave after all.
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10 });
    await bench.demand('refundOrder', { orderId, amount: gbp(500), reason: 'to another card' });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(await sumOf(bench, 'PaymentRefunded')).toBe(500);
    nothingIsParked(bench);
  });

  it('goes on when the provider refuses to give back a part', async () => {
    const provider = createScriptedProvider();
    const { bench, mug } = await open({ provider });
    const orderId = await buy(bench, [[mug, 1]]);
    provider.refunds.push({ kind: 'declined', reason: 'the card is closed' });
    await bench.demand('refundOrder', { orderId, amount: gbp(100), reason: 'a chip in the glaze' });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    nothingIsParked(bench);
  });

  it('keeps the goods of an order that gets a part of its money back', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 2]]);
    await bench.settle();
    await bench.demand('refundOrder', { orderId, amount: gbp(300), reason: 'a chip in the glaze' });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await sumOf(bench, 'PaymentRefunded')).toBe(300);
    await bench.stockSums();
  });
});

describe('workflows', () => {
  it('let an order that fails for good be parked while others go on, and take it up by hand', async () => {
    const { bench, mug } = await open();
    await bench.stop();
    let broken = true;
    const flaw = {
      name: 'flaw',
      reactions: {
        OrderPlaced: async ({ data }: { readonly data: object }) => {
          await Promise.resolve();
          if (broken && (data as { customerId: string }).customerId === ann) throw new Error('a bug');
        },
      },
    };
    bench.restart(undefined, [flaw]);
    bench.start();
    const orders: OrderId[] = [await buy(bench, [[mug, 1]]), await buy(bench, [[mug, 1]], { by: bob })];
    await bench.settle();
    for (const orderId of orders) expect(await bench.status(orderId)).toBe('FULFILLED');
    const [parked] = bench.parking.all();
    expect(parked).toMatchObject({ workflow: 'flaw', reason: 'a bug', retry: 'by-hand' });
    const { runtime } = bench.life();
    expect(await bench.clock.drive(runtime.replay(parked!.id))).toBe(false);
    broken = false;
    expect(await bench.clock.drive(runtime.replay(parked!.id))).toBe(true);
    nothingIsParked(bench);
  });

  it('do not do again what was done before a restart', async () => {
    const { bench, mug } = await open();
    await buy(bench, [[mug, 1]]);
    await bench.settle();
    await bench.stop();
    const before = (await bench.events()).length;
    bench.restart();
    bench.start();
    await bench.settle();
    expect(await bench.events()).toHaveLength(before);
  });

  it('change nothing when everything is reacted to again', async () => {
    const { bench, mug, pen } = await open();
    await buy(bench, [
      [mug, 105],
      [pen, 9],
    ]);
    await bench.settle();
    await bench.stop();
    // Numbers may be taken and lost.
    const happened = async (): Promise<readonly string[]> =>
      (await bench.events()).filter(({ type }) => type !== 'NumbersReserved').map(({ id }) => id);
    const before = await happened();
    bench.restart({
      ...bench.durable,
      checkpoints: { read: async () => undefined, write: async () => undefined },
    });
    bench.start();
    await bench.settle();
    expect(await happened()).toEqual(before);
    nothingIsParked(bench);
  });
});

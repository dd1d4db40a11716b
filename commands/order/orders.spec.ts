import type { OrderId, ProductId, TruckId, WarehouseId } from '../../domain/kernel';
import type { OrderPlaced } from '../../domain/order';
import type { ShipmentCreated } from '../../domain/shipment';
import type { EventStore } from '../../platform/event-store';
import {
  ann,
  bob,
  buy,
  createOrderBench,
  createScriptedProvider,
  customer,
  furnish,
  gbp,
  idOf,
  type Durable,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import { overridingStore } from '../../tests/support/commands/overriding-store';

const here = { x: 1, y: 1 };
const asAnn = { as: customer(ann) };

const open = async (options?: Parameters<typeof createOrderBench>[0]) => {
  const bench = createOrderBench(options);
  return { bench, ...(await furnish(bench)) };
};

const fill = (bench: OrderBench, productId: ProductId, quantity = 1) =>
  bench.demand('addToCart', { customerId: ann, productId, quantity }, asAnn);

const place = (bench: OrderBench, id?: string) =>
  bench.send('placeOrder', { customerId: ann, destination: here }, { ...asAnn, id });

/** Something that happens once, just before the next write of such an event. */
const before = ({ durable }: OrderBench, type: string, happens: () => Promise<unknown>): Durable => {
  let isDue = true;
  const append: EventStore['append'] = async (stream, expected, events) => {
    if (isDue && events.some((event) => event.type === type)) {
      isDue = false;
      await happens();
    }
    return durable.store.append(stream, expected, events);
  };
  return { ...durable, store: overridingStore(durable.store, { append }) };
};

describe('placeOrder', () => {
  it('is the same order when it is repeated, also with a new cart begun', async () => {
    const { bench, mug, pen } = await open();
    await fill(bench, mug);
    const first = await place(bench, 'once');
    await fill(bench, pen);
    expect(await place(bench, 'once')).toMatchObject({ value: first.kind === 'accepted' && first.value });
    expect(await bench.count('OrderPlaced')).toBe(1);
    const second = await place(bench, 'twice');
    expect(second.kind === 'accepted' && second.value).not.toEqual(first.kind === 'accepted' && first.value);
  });

  it('stores who sold each product', async () => {
    const { bench, mug } = await open();
    const words = { sku: 'INK-01', name: 'Ink', description: 'Blue.', category: 'desk' };
    const registered = await bench.demand('registerProduct', { ...words, price: gbp(300), sellerId: bob });
    await fill(bench, mug);
    await fill(bench, registered.productId);
    await place(bench);
    const placed = (await bench.events()).find(({ type }) => type === 'OrderPlaced');
    const { lines } = placed?.data as OrderPlaced['data'];
    expect(lines.map(({ sellerId }) => sellerId)).toEqual([undefined, bob]);
  });

  it('answers with a position that is not before its events', async () => {
    const { bench, mug } = await open();
    await fill(bench, mug);
    const outcome = await place(bench);
    const placed = (await bench.events()).find(({ type }) => type === 'OrderPlaced');
    expect(outcome.kind === 'accepted' && outcome.position! >= placed!.position).toBe(true);
  });

  it('refuses an empty cart', async () => {
    const { bench } = await open();
    expect(await bench.refusal('placeOrder', { customerId: ann, destination: here }, asAnn)).toEqual({
      code: 'CART_EMPTY',
    });
  });

  it('refuses a price that the customer has not seen, and takes it once they have', async () => {
    const { bench, mug } = await open();
    await fill(bench, mug, 2);
    await bench.demand('changeProductPrice', { productId: mug, price: gbp(700) });
    expect(await bench.refusal('placeOrder', { customerId: ann, destination: here }, asAnn)).toEqual({
      code: 'PRICE_CHANGED',
      productId: mug,
      was: gbp(500),
      now: gbp(700),
    });
    await bench.demand('changeCartLine', { customerId: ann, productId: mug, quantity: 2 }, asAnn);
    expect((await place(bench)).kind).toBe('accepted');
  });

  it('refuses what is not sold any more, a warehouse that is not there, and a place off the grid', async () => {
    const { bench, mug } = await open();
    await fill(bench, mug);
    const warehouseId = 99 as WarehouseId;
    const input = { customerId: ann, destination: here };
    expect(await bench.refusal('placeOrder', { ...input, warehouseId }, asAnn)).toEqual({
      code: 'WAREHOUSE_NOT_FOUND',
      warehouseId,
    });
    const destination = { x: 2 ** 31, y: 0 };
    expect(await bench.refusal('placeOrder', { ...input, destination }, asAnn)).toEqual({
      code: 'PLACE_OUT_OF_RANGE',
      place: destination,
    });
    await bench.demand('discontinueProduct', { productId: mug });
    expect(await bench.refusal('placeOrder', input, asAnn)).toMatchObject({ code: 'PRODUCT_DISCONTINUED' });
    expect(await bench.count('OrderPlaced')).toBe(0);
  });

  it('refuses an unknown payment method before anything is placed', async () => {
    const { bench, mug } = await open();
    await fill(bench, mug);
    const input = { customerId: ann, destination: here, paymentMethod: 'shells' };
    expect(await bench.refusal('placeOrder', input, asAnn)).toEqual({
      code: 'PAYMENT_METHOD_UNKNOWN',
      method: 'shells',
      known: ['test', 'test-declined'],
    });
    expect(await bench.count('OrderPlaced')).toBe(0);
  });

  it('is paid by the workflow where it was cut short before that, once', async () => {
    const { bench, mug } = await open();
    await fill(bench, mug);
    const pay = () =>
      bench.send(
        'placeOrder',
        { customerId: ann, destination: here, paymentMethod: 'test' },
        { ...asAnn, id: 'once' },
      );
    const { durable } = bench;
    bench.restart(before(bench, 'PaymentRequested', () => Promise.reject(new Error('cut short'))));
    const placed = await pay();
    bench.restart(durable);
    expect(await bench.count('PaymentRequested')).toBe(0);
    bench.start();
    await bench.settle();
    await bench.stop();
    expect(await bench.count('OrderPaid')).toBe(1);
    expect(await pay()).toMatchObject({
      kind: 'accepted',
      value: placed.kind === 'accepted' && placed.value,
    });
    expect(await bench.count('PaymentRequested')).toBe(1);
  });

  it('stands, unpaid, when the payment is declined', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]], { pay: 'test-declined' });
    expect(await bench.status(orderId)).toBe('PLACED');
    expect(await bench.count('PaymentDeclined')).toBe(1);
    await bench.demand('payOrder', { orderId, paymentMethod: 'test' }, asAnn);
    expect(await bench.status(orderId)).toBe('PAID');
  });

  it('cannot be placed by another account', async () => {
    const { bench } = await open();
    const placing = bench.send('placeOrder', { customerId: ann, destination: here }, { as: customer(bob) });
    await expect(placing).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('names the field that is wrong', async () => {
    const { bench } = await open();
    const destination = { x: 'left' as never, y: 0 };
    const placing = bench.send('placeOrder', { customerId: ann, destination }, asAnn);
    await expect(placing).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('destination.x') as string,
    });
  });
});

describe('a cart that is changed while it is ordered', () => {
  const ordered = async (bench: OrderBench) =>
    (await bench.events())
      .filter(({ type }) => type === 'OrderPlaced')
      .map(({ data }) =>
        (data as OrderPlaced['data']).lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', '),
      );
  const asCustomer = (bench: OrderBench, id: string) =>
    ({ commandId: idOf(id), correlationId: bench.freshId(), principal: customer(ann) }) as const;

  it('keeps what is added between the reading of the cart and its check-out, for the next order', async () => {
    const { bench, mug, pen } = await open();
    await fill(bench, mug, 2);
    const add = (productId: ProductId) =>
      bench
        .life()
        .useCases.addToCart(
          { customerId: ann, productId, quantity: 1 },
          asCustomer(bench, `add ${productId}`),
        );
    bench.restart(before(bench, 'OrderPlaced', () => Promise.all([add(mug), add(pen)])));
    expect((await place(bench)).kind).toBe('accepted');
    expect((await place(bench)).kind).toBe('accepted');
    expect(await ordered(bench)).toEqual(['2 MUG', '1 MUG, 1 PEN']);
    expect(await place(bench)).toMatchObject({ rejection: { code: 'CART_EMPTY' } });
  });

  it.each(['the customer', 'the workflow'])(
    'keeps what is added before %s finishes an order that was cut short',
    async (who) => {
      const { bench, mug, pen } = await open();
      await fill(bench, mug);
      const { durable } = bench;
      bench.restart(before(bench, 'CartCheckedOut', () => Promise.reject(new Error('cut short'))));
      const first = await place(bench, 'once');
      bench.restart(durable);
      await fill(bench, pen);
      if (who === 'the workflow') {
        bench.start();
        await bench.settle();
        await bench.stop();
      } else
        expect(await place(bench, 'once')).toMatchObject({ value: first.kind === 'accepted' && first.value });
      expect((await place(bench, 'twice')).kind).toBe('accepted');
      expect(await ordered(bench)).toEqual(['1 MUG', '1 PEN']);
    },
  );

  it('can be filled and ordered again after it was emptied by hand', async () => {
    const { bench, mug, pen } = await open();
    await fill(bench, mug);
    const empty = () =>
      bench.life().useCases.removeFromCart({ customerId: ann, productId: mug }, asCustomer(bench, 'empty'));
    bench.restart(before(bench, 'OrderPlaced', empty));
    expect((await place(bench)).kind).toBe('accepted');
    await fill(bench, pen);
    expect((await place(bench)).kind).toBe('accepted');
    expect(await ordered(bench)).toEqual(['1 MUG', '1 PEN']);
  });

  it('is the same order at a repeat, although its goods are not sold any more', async () => {
    const { bench, mug } = await open();
    await fill(bench, mug);
    const { durable } = bench;
    bench.restart(before(bench, 'CartCheckedOut', () => Promise.reject(new Error('cut short'))));
    const first = await place(bench, 'once');
    bench.restart(durable);
    await bench.demand('discontinueProduct', { productId: mug });
    expect(await place(bench, 'once')).toMatchObject({ value: first.kind === 'accepted' && first.value });
    expect(await place(bench, 'twice')).toMatchObject({ rejection: { code: 'CART_EMPTY' } });
  });
});

describe('payOrder', () => {
  it('is paid once, however often it is repeated', async () => {
    const provider = createScriptedProvider();
    const { bench, mug } = await open({ provider });
    const orderId = await buy(bench, [[mug, 1]], { pay: null });
    const input = { orderId, paymentMethod: 'test' };
    const first = await bench.demand('payOrder', input, { ...asAnn, id: 'pay' });
    expect(await bench.demand('payOrder', input, { ...asAnn, id: 'pay' })).toEqual(first);
    expect(provider.asked).toEqual([`capture ${first.paymentId}`]);
    expect(await bench.refusal('payOrder', input, asAnn)).toEqual({
      code: 'ORDER_ALREADY_PAID',
      orderId,
      paymentId: first.paymentId,
    });
  });

  it('asks a silent provider again under the same key, and says when it does not know', async () => {
    const provider = createScriptedProvider();
    const { bench, mug } = await open({ provider });
    const orderId = await buy(bench, [[mug, 1]], { pay: null });
    provider.captures.push({ kind: 'unknown', reason: 'timeout' });
    const { paymentId } = await bench.demand('payOrder', { orderId, paymentMethod: 'test' }, asAnn);
    expect(provider.asked).toEqual([`capture ${paymentId}`, `capture ${paymentId}`]);
  });

  it('tells a declined payment, and tells it again', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]], { pay: null });
    const input = { orderId, paymentMethod: 'test-declined' };
    const declined = { code: 'PAYMENT_DECLINED', orderId, reason: 'no' };
    expect(await bench.refusal('payOrder', input, { ...asAnn, id: 'pay' })).toEqual(declined);
    expect(await bench.refusal('payOrder', input, { ...asAnn, id: 'pay' })).toEqual(declined);
  });

  it('finds no order of someone else, and none that is not there', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]], { pay: null });
    const missing = idOf('no order') as OrderId;
    for (const id of [orderId, missing])
      expect(
        await bench.refusal('payOrder', { orderId: id, paymentMethod: 'test' }, { as: customer(bob) }),
      ).toEqual({ code: 'ORDER_NOT_FOUND', orderId: id });
  });

  it('refuses a cancelled order before money moves', async () => {
    const provider = createScriptedProvider();
    const { bench, mug } = await open({ provider });
    const orderId = await buy(bench, [[mug, 1]], { pay: null });
    await bench.demand('cancelOrder', { orderId }, asAnn);
    expect(await bench.refusal('payOrder', { orderId, paymentMethod: 'test' }, asAnn)).toMatchObject({
      code: 'ORDER_WRONG_STATUS',
    });
    expect(provider.asked).toEqual([]);
  });
});

describe('the progress of an order', () => {
  it.each(['cancelOrder', 'confirmReceipt'] as const)('%s finds only one’s own', async (name) => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]]);
    const code = 'ORDER_NOT_FOUND';
    expect(await bench.refusal(name, { orderId }, { as: customer(bob) })).toEqual({ code, orderId });
  });

  it('leaves nothing in an order of someone else, also while its goods are being loaded', async () => {
    const { bench, mug, near } = await open({ world: false });
    bench.start();
    const orderId = await buy(bench, [[mug, 1]]);
    await bench.settle();
    const created = (await bench.events()).find(({ type }) => type === 'ShipmentCreated');
    const { shipmentId } = created!.data as ShipmentCreated['data'];
    await bench.demand('recordPacked', { shipmentId });
    await bench.demand('recordTruckArrived', { shipmentId, truckId: 7 as TruckId, warehouseId: near });
    const before = (await bench.events()).length;
    await bench.refusal('cancelOrder', { orderId }, { as: customer(bob) });
    expect((await bench.events()).length).toBe(before);
    expect(await bench.refusal('cancelOrder', { orderId }, asAnn)).toMatchObject({
      code: 'ORDER_ALREADY_SHIPPED',
    });
    expect(await bench.count('OrderPartLoadingStarted')).toBe(1);
    await bench.stop();
  });

  it('changes the destination of one’s own only', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]]);
    const input = { orderId, destination: { x: 3, y: 3 } };
    expect(await bench.refusal('changeDestination', input, { as: customer(bob) })).toMatchObject({
      code: 'ORDER_NOT_FOUND',
    });
    await bench.demand('changeDestination', input, asAnn);
  });

  it('is refunded by staff only', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]]);
    const input = { orderId, amount: gbp(100), reason: 'chipped' };
    await expect(bench.send('refundOrder', input, asAnn)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await bench.demand('refundOrder', input);
    const tooMuch = await bench.refusal('refundOrder', { ...input, amount: gbp(401) });
    expect(tooMuch).toMatchObject({ code: 'REFUND_TOO_LARGE' });
  });

  it('is refunded once a command id, which names no other refund', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]]);
    const input = { orderId, amount: gbp(100), reason: 'chipped' };
    expect(await bench.demand('refundOrder', input, { id: 'refund' })).toEqual({ change: 'new' });
    expect(await bench.demand('refundOrder', input, { id: 'refund' })).toEqual({ change: 'known' });
    for (const change of [{ amount: gbp(200) }, { lines: [{ productId: mug, quantity: 1 }] }])
      expect(await bench.refusal('refundOrder', { ...input, ...change }, { id: 'refund' })).toMatchObject({
        code: 'REFUND_DIFFERS',
        was: gbp(100),
      });
    expect(await bench.count('OrderRefundRequested')).toBe(1);
  });
});

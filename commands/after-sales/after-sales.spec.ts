import { afterSales } from '../../domain/after-sales';
import type { AfterSalesId, OrderId, ProductId, RefundId, WarehouseId } from '../../domain/kernel';
import { merchant, type MerchantCommand } from '../../domain/merchant';
import { order } from '../../domain/order';
import type { Principal } from '../../platform/execution';
import { afterSalesId as afterSalesIdOf } from '../../platform/ids';
import {
  ann,
  bob,
  buy,
  createOrderBench,
  customer,
  furnish,
  gbp,
  idOf,
  shipmentsOf,
  system,
} from '../../tests/support/commands/order-fixture';
import { interrupted } from '../../tests/support/commands/loading-bench';
import { request as requested } from '../../tests/support/domain/after-sales';
import type { InputOf } from '..';
import { startPartLoading } from '../order';

const staff: Principal = { kind: 'staff', id: 'sue', roles: ['staff'] };
const gateway: Principal = { kind: 'gateway', id: 'world', roles: [] };
const asAnn = { as: customer(ann) };
const cai = idOf('cai');
const asSeller = (id: string) => ({
  as: { kind: 'customer', id, roles: ['customer', 'seller'] } as Principal,
});

type Request = InputOf<'requestAfterSales'>;

/** An order of ann with three mugs and a seller's two hats, all of them delivered. */
const open = async ({ world = true } = {}) => {
  const bench = createOrderBench({ world });
  const { near, mug } = await furnish(bench);
  const facts = { sku: 'HAT', name: 'Hat', description: '', category: 'c', price: gbp(900) };
  const { productId: hat } = await bench.demand('registerProduct', { ...facts, sellerId: cai as never });
  await bench.demand('receiveStock', { warehouseId: near, productId: hat, quantity: 5 });
  bench.start();
  const orderId = await buy(bench, [
    [mug, 3],
    [hat, 2],
  ]);
  await bench.settle();
  const about = (productId: ProductId, quantity: number, more: Partial<Request> = {}): Request => ({
    ...{ orderId, kind: 'RETURN', description: 'Cracked.' },
    lines: [{ productId, quantity, reason: 'DAMAGED' }],
    ...more,
  });
  const request = async (productId: ProductId, quantity: number, more: Partial<Request> = {}) =>
    (await bench.demand('requestAfterSales', about(productId, quantity, more), asAnn)).afterSalesId;
  return { bench, near, mug, hat, orderId, about, request };
};

it('a seller who is disabled as a merchant decides about no request', async () => {
  const { bench, hat, request } = await open();
  const afterSalesId = await request(hat, 1);
  const accountId = cai as never;
  const at = bench.clock.now();
  const commands: readonly MerchantCommand[] = [
    { type: 'ApplyAsMerchant', accountId, shopName: 'Hats', reason: 'Hats.', at },
    { type: 'ApproveMerchant', accountId, at },
    { type: 'DisableMerchant', accountId, reason: 'fakes', at },
  ];
  for (const command of commands) {
    const context = { commandId: idOf(command.type), correlationId: 'c', principal: system };
    await bench.clock.drive(bench.life().aggregates.of(merchant).execute(accountId, command, context));
  }
  await expect(
    bench.send('approveAfterSales', { afterSalesId, remark: '' }, asSeller(cai)),
  ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
});

describe('a request', () => {
  it('is about goods of an own order', async () => {
    const { bench, mug, orderId, about, request } = await open();
    const foreign = await bench.refusal('requestAfterSales', about(mug, 1), { as: customer(bob) });
    expect(foreign).toEqual({ code: 'ORDER_NOT_FOUND', orderId });
    const nowhere = idOf('nowhere') as OrderId;
    expect(
      await bench.refusal('requestAfterSales', about(mug, 1, { orderId: nowhere }), { as: staff }),
    ).toEqual({ code: 'ORDER_NOT_FOUND', orderId: nowhere });
    await request(mug, 1);
    await bench.demand('requestAfterSales', about(mug, 1), { as: staff });
    expect(await bench.count('AfterSalesRequested')).toBe(2);
  });

  it('is about pieces that were delivered, and are in no other request', async () => {
    const { bench, mug, about, request } = await open();
    const first = await request(mug, 2);
    const refusal = () => bench.refusal('requestAfterSales', about(mug, 2), asAnn);
    expect(await refusal()).toEqual({
      ...{ code: 'AFTER_SALES_UNAVAILABLE', productId: mug },
      ...{ available: 1, wanted: 2 },
    });
    await bench.demand('withdrawAfterSales', { afterSalesId: first }, asAnn);
    await request(mug, 2);
    expect(await refusal()).toMatchObject({ available: 1 });
    const unknown = idOf('unknown') as ProductId;
    expect(await bench.refusal('requestAfterSales', about(unknown, 1), asAnn)).toMatchObject({
      ...{ code: 'AFTER_SALES_UNAVAILABLE', available: 0 },
    });
  });

  it('needs no delivery for a refund of what has left, and none is possible before', async () => {
    const { bench, mug, orderId, about } = await open({ world: false });
    const money = about(mug, 1, { kind: 'REFUND_ONLY' });
    expect(await bench.refusal('requestAfterSales', money, asAnn)).toMatchObject({ available: 0 });
    const [shipmentId] = await shipmentsOf(bench, orderId);
    const of = { shipmentId: shipmentId! };
    const warehouseId = 1 as WarehouseId;
    await bench.demand('recordTruckArrived', { ...of, truckId: 7 as never, warehouseId }, { as: gateway });
    await bench.demand('recordPacked', of, { as: gateway });
    const part = { orderId, ...of, attempt: 1 };
    const context = { commandId: idOf('load'), correlationId: 'c', principal: gateway };
    const { aggregates } = bench.life();
    await bench.clock.drive(startPartLoading({ aggregates, clock: bench.clock }, part, context));
    await bench.demand('recordLoaded', of, { as: gateway });
    await bench.settle();
    expect(await bench.refusal('requestAfterSales', about(mug, 1), asAnn)).toMatchObject({ available: 0 });
    await bench.demand('requestAfterSales', money, asAnn);
  });

  it('does not have pieces that were refunded', async () => {
    const { bench, mug, orderId, about } = await open();
    const lines = [{ productId: mug, quantity: 2 }];
    await bench.demand('refundOrder', { orderId, amount: gbp(1_000), lines, reason: 'r' });
    expect(await bench.refusal('requestAfterSales', about(mug, 2), asAnn)).toMatchObject({ available: 1 });
  });

  it('does not have pieces that were refunded while it was decided', async () => {
    const { bench, mug, orderId, about } = await open();
    const happens = async () => {
      const { aggregates } = bench.live();
      const context = (id: string) => ({ commandId: idOf(id), correlationId: 'c', principal: staff });
      const other = requested('RETURN', { afterSalesId: afterSalesIdOf(orderId, 1), orderId });
      await aggregates.of(afterSales).execute(other.afterSalesId, other, context('other'));
      const lines = [{ productId: mug, quantity: 2 }];
      const refund = { orderId, refundId: idOf('refund') as RefundId, lines, reason: 'r' };
      const command = { type: 'RefundGoods', ...refund, at: bench.clock.now() } as const;
      await aggregates.of(order).execute(orderId, command, context('refund'));
    };
    await bench.stop();
    bench.restart(interrupted(bench, { before: 'AfterSalesRequested', happens }));
    expect(await bench.refusal('requestAfterSales', about(mug, 2), asAnn)).toMatchObject({
      ...{ code: 'AFTER_SALES_UNAVAILABLE', available: 1 },
    });
  });

  it('does not have pieces that came back and were refunded with 0', async () => {
    const { bench, near, mug, orderId, about, request } = await open();
    const afterSalesId = await request(mug, 2);
    await bench.demand('refundOrder', { orderId, amount: gbp(3 * 500 + 2 * 900), reason: 'r' });
    await bench.settle();
    await bench.demand('approveAfterSales', { afterSalesId, remark: '' }, { as: staff });
    await bench.demand('receiveAfterSalesParcel', { afterSalesId, warehouseId: near }, { as: staff });
    const lines = [{ productId: mug, restocked: 2, writtenOff: 0, refused: 0 }];
    await bench.demand('inspectAfterSalesParcel', { afterSalesId, remark: '', lines }, { as: staff });
    await bench.settle();
    expect(await bench.count('AfterSalesRefunded')).toBe(1);
    expect(await bench.refusal('requestAfterSales', about(mug, 2), asAnn)).toMatchObject({ available: 1 });
  });

  it('is one a command id, and each of many at once has a number of its own', async () => {
    const { bench, mug, about } = await open();
    const send = (id: string) => bench.send('requestAfterSales', about(mug, 1), { ...asAnn, id });
    const outcomes = await Promise.all(['a', 'b', 'a', 'c', 'd', 'b'].map(send));
    const ids = outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.value.afterSalesId);
    expect(ids[2]).toBe(ids[0]);
    expect(ids[5]).toBe(ids[1]);
    expect(outcomes.filter(({ kind }) => kind === 'rejected')).toHaveLength(1);
    expect(await bench.count('AfterSalesRequested')).toBe(3);
    expect(await send('a')).toMatchObject({ kind: 'accepted', value: { afterSalesId: ids[0] } });
  });

  it('is about one seller’s goods, with pictures at https addresses', async () => {
    const { bench, mug, hat, about } = await open();
    const lines = [mug, hat].map((productId) => ({ productId, quantity: 1, reason: 'OTHER' as const }));
    expect(await bench.refusal('requestAfterSales', about(mug, 1, { lines }), asAnn)).toEqual({
      code: 'AFTER_SALES_SELLERS_MIXED',
    });
    for (const url of [
      'http://a.example/p.jpg',
      'javascript:alert(1)',
      `https://a.example/${'x'.repeat(500)}`,
    ])
      await expect(
        bench.send('requestAfterSales', about(mug, 1, { evidence: [url] }), asAnn),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('the seller of the goods', () => {
  it('decides about own goods, and finds no other request', async () => {
    const { bench, mug, hat, request } = await open();
    const [ofShop, ofSeller] = [await request(mug, 1), await request(hat, 1)];
    const answer = (afterSalesId: AfterSalesId) => ({ afterSalesId, remark: 'Sorry.' });
    expect(await bench.refusal('approveAfterSales', answer(ofShop), asSeller(cai))).toEqual({
      ...{ code: 'AFTER_SALES_NOT_FOUND', afterSalesId: ofShop },
    });
    expect(await bench.refusal('approveAfterSales', answer(ofSeller), asSeller(bob))).toMatchObject({
      code: 'AFTER_SALES_NOT_FOUND',
    });
    await bench.demand('approveAfterSales', answer(ofSeller), asSeller(cai));
    await bench.demand('approveAfterSales', answer(ofShop), { as: staff });
    for (const name of ['approveAfterSales', 'refuseAfterSales'] as const)
      await expect(bench.send(name, answer(ofShop), asAnn)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('does not decide a dispute', async () => {
    const { bench, hat, request } = await open();
    const afterSalesId = await request(hat, 1);
    await bench.demand('refuseAfterSales', { afterSalesId, remark: 'No.' }, asSeller(cai));
    await bench.demand('disputeAfterSales', { afterSalesId, description: 'Yes.' }, asAnn);
    const decision = { afterSalesId, inFavourOf: 'SELLER', remark: 'No.' } as const;
    for (const as of [asSeller(cai), asAnn])
      await expect(bench.send('decideAfterSalesDispute', decision, as)).rejects.toMatchObject({
        code: 'NOT_PERMITTED',
      });
    await bench.demand('decideAfterSalesDispute', decision, { as: staff });
    expect(await bench.count('AfterSalesClosed')).toBe(1);
  });
});

describe('a parcel that comes back', () => {
  it('has another tracking number than the parcel of the order, and arrives in a warehouse', async () => {
    const { bench, mug, orderId, near, request } = await open();
    const afterSalesId = await request(mug, 1);
    const [shipmentId] = await shipmentsOf(bench, orderId);
    await bench.demand('assignTracking', { shipmentId: shipmentId!, trackingNumber: '1Z' }, { as: gateway });
    await bench.demand('approveAfterSales', { afterSalesId, remark: '' }, { as: staff });
    const send = { afterSalesId, carrier: 'Post', trackingNumber: '1Z' };
    expect(await bench.refusal('sendAfterSalesParcel', send, asAnn)).toEqual({
      ...{ code: 'TRACKING_NUMBER_TAKEN', trackingNumber: '1Z' },
    });
    const foreign = { ...send, trackingNumber: 'RT-1' };
    expect(await bench.refusal('sendAfterSalesParcel', foreign, { as: customer(bob) })).toMatchObject({
      code: 'AFTER_SALES_NOT_FOUND',
    });
    await bench.demand('sendAfterSalesParcel', foreign, asAnn);
    const warehouseId = 77 as WarehouseId;
    expect(await bench.refusal('receiveAfterSalesParcel', { afterSalesId, warehouseId })).toEqual({
      ...{ code: 'WAREHOUSE_NOT_FOUND', warehouseId },
    });
    await bench.demand('receiveAfterSalesParcel', { afterSalesId, warehouseId: near }, { as: staff });
  });
});

import fc from 'fast-check';
import { afterSales, isOpenAfterSales } from '../../domain/after-sales';
import type { AfterSalesId, OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { keptOf, order, paymentOf } from '../../domain/order';
import type { Principal } from '../../platform/execution';
import { silentLogger } from '../../platform/telemetry';
import {
  ann,
  buy,
  createOrderBench,
  createScriptedProvider,
  customer,
  furnish,
  gbp,
} from '../../tests/support/commands/order-fixture';
import { runs } from '../../tests/support/runs';
import { seededRandom } from '../../tests/support/time/seeded-random';
import type { InputOf } from '..';
import { refundIdOfRequest } from '../after-sales';
import { createExpiry } from './expiry';

const staff: Principal = { kind: 'staff', id: 'sue', roles: ['staff'] };
const asAnn = { as: customer(ann) };
const asStaff = { as: staff };
const DAY_MS = 86_400_000;

type Kind = InputOf<'requestAfterSales'>['kind'];

/** An order of five mugs (5.00 each) and two pens (1.20 each), delivered, and the clock that decides. */
const open = async () => {
  const provider = createScriptedProvider();
  const bench = createOrderBench({ provider, checkpointEveryMs: 60_000 });
  const { near, far, mug, pen } = await furnish(bench);
  bench.start();
  const orderId = await buy(bench, [
    [mug, 5],
    [pen, 2],
  ]);
  await bench.settle();
  const ids: AfterSalesId[] = [];
  const stateOf = (id: AfterSalesId) => bench.clock.drive(bench.life().aggregates.of(afterSales).load(id));
  const expiry = createExpiry({
    ...{
      ...bench.life().payments,
      aggregates: bench.life().aggregates,
      clock: bench.clock,
      random: seededRandom(3),
    },
    ...{ logger: silentLogger, everyMs: 6 * 3_600_000, dueOrders: async () => [] },
    // A list that is out of date does no harm: the request itself decides.
    dueAfterSales: async () => ids,
    dueProductPrices: async () => [],
  });
  expiry.start();
  const request = async (kind: Kind, productId: ProductId, quantity: number) => {
    const lines = [{ productId, quantity, reason: 'DAMAGED' as const }];
    const input = { orderId, kind, lines, description: 'Cracked.' };
    const { afterSalesId } = await bench.demand('requestAfterSales', input, asAnn);
    ids.push(afterSalesId);
    return { afterSalesId };
  };
  /** Brings a return to its inspection. */
  const bring = async (of: { readonly afterSalesId: AfterSalesId }) => {
    await bench.demand('approveAfterSales', { ...of, remark: '' }, asStaff);
    await bench.demand('sendAfterSalesParcel', { ...of, carrier: 'Post', trackingNumber: 'R1' }, asAnn);
    await bench.demand('receiveAfterSalesParcel', { ...of, warehouseId: near }, asStaff);
  };
  const inspect = (
    of: { readonly afterSalesId: AfterSalesId },
    ...[restocked, writtenOff, refused]: readonly [number, number, number]
  ) => {
    const lines = [{ productId: mug, restocked, writtenOff, refused }];
    return bench.demand('inspectAfterSalesParcel', { ...of, remark: '', lines }, asStaff);
  };
  const status = async ({ afterSalesId }: { readonly afterSalesId: AfterSalesId }) => {
    await bench.settle();
    return (await stateOf(afterSalesId)).status;
  };
  const refunds = async () => {
    const known = await bench.clock.drive(bench.life().aggregates.of(order).load(orderId));
    return (known.progress === 'NONE' ? undefined : paymentOf(known))!;
  };
  const close = async () => {
    await bench.clock.drive(expiry.stop());
    await bench.stop();
  };
  return {
    bench,
    provider,
    near,
    far,
    mug,
    pen,
    orderId,
    ids,
    request,
    bring,
    inspect,
    status,
    stateOf,
    refunds,
    close,
  };
};

const refundOf = (orderId: OrderId, afterSalesId: AfterSalesId, attempt = 1) =>
  refundIdOfRequest({ orderId, afterSalesId }, attempt);

describe('a return', () => {
  it('is refunded by the accepted pieces, of which those as new go back on hand', async () => {
    const { bench, near, mug, orderId, request, bring, inspect, status, refunds, close } = await open();
    const of = await request('RETURN', mug, 4);
    await bring(of);
    const before = (await bench.stockOf(near, mug)).onHand;
    await inspect(of, 2, 1, 1);
    expect(await status(of)).toBe('REFUNDED');
    const refundId = refundOf(orderId, of.afterSalesId);
    expect((await refunds()).refunds).toMatchObject([{ refundId, amount: gbp(1_500), done: true }]);
    expect((await bench.stockOf(near, mug)).onHand).toBe(before + 2);
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
    await close();
  });

  it('has its effects once, although every reaction runs again in a new process', async () => {
    const { bench, near, mug, request, bring, inspect, status, provider } = await open();
    const of = await request('RETURN', mug, 2);
    await bring(of);
    await inspect(of, 2, 0, 0);
    expect(await status(of)).toBe('REFUNDED');
    const [onHand, asked] = [(await bench.stockOf(near, mug)).onHand, provider.asked.length];
    await bench.clock.drive(bench.life().runtime.stop());
    bench.restart({
      ...bench.durable,
      checkpoints: { read: async () => undefined, write: async () => undefined } as never,
    });
    bench.start();
    await bench.settle();
    expect((await bench.stockOf(near, mug)).onHand).toBe(onHand);
    expect(new Set(provider.asked).size).toBe(asked);
    expect(await bench.count('AfterSalesRefunded')).toBe(1);
    await bench.stop();
  });

  it('whose refund the provider refuses is left to staff, who retry it', async () => {
    const { bench, provider, mug, orderId, request, status, refunds, close } = await open();
    provider.refunds.push({ kind: 'declined', reason: 'The card is closed.' });
    const of = await request('REFUND_ONLY', mug, 1);
    await bench.demand('approveAfterSales', { ...of, remark: '' }, asStaff);
    expect(await status(of)).toBe('REFUND_FAILED');
    await bench.demand('retryAfterSalesRefund', of, asStaff);
    expect(await status(of)).toBe('REFUNDED');
    expect((await refunds()).refunds).toMatchObject([
      { refundId: refundOf(orderId, of.afterSalesId), refused: true },
      { refundId: refundOf(orderId, of.afterSalesId, 2), done: true },
    ]);
    await close();
  });

  it('of goods that staff have refunded meanwhile fails, and ends with nothing where all was refunded', async () => {
    const { bench, mug, pen, orderId, request, status, refunds, close } = await open();
    const [first, second] = [await request('REFUND_ONLY', mug, 5), await request('REFUND_ONLY', pen, 1)];
    const lines = [{ productId: mug, quantity: 1 }];
    await bench.demand('refundOrder', { orderId, amount: gbp(500), lines, reason: 'r' }, asStaff);
    await bench.demand('approveAfterSales', { ...first, remark: '' }, asStaff);
    expect(await status(first)).toBe('REFUND_FAILED');
    await bench.demand('closeAfterSales', { ...first, remark: 'Refunded by hand.' }, asStaff);
    await bench.demand('refundOrder', { orderId, amount: gbp(2_240), reason: 'all the rest' }, asStaff);
    await bench.settle();
    await bench.demand('approveAfterSales', { ...second, remark: '' }, asStaff);
    expect(await status(second)).toBe('REFUNDED');
    expect((await refunds()).refunds).toHaveLength(2);
    expect(keptOf(await refunds())).toEqual(gbp(0));
    await close();
  });
});

describe('an exchange', () => {
  it('takes the goods of the replacement from the stock', async () => {
    const { bench, far, mug, request, bring, inspect, status, refunds, close } = await open();
    const of = await request('EXCHANGE', mug, 2);
    await bring(of);
    await inspect(of, 0, 2, 0);
    const before = (await bench.stockOf(far, mug)).onHand;
    const parcel = { carrier: 'Post', trackingNumber: 'E1', warehouseId: far };
    await bench.demand('sendAfterSalesReplacement', { ...of, ...parcel }, asStaff);
    expect(await status(of)).toBe('REPLACED');
    expect((await bench.stockOf(far, mug)).onHand).toBe(before - 2);
    expect((await refunds()).refunds).toEqual([]);
    await bench.stockSums();
    await close();
  });

  it('puts back what it took where other goods are lacking, and is refunded instead', async () => {
    const { bench, far, near, mug, pen, orderId, ids, bring, status, refunds, close } = await open();
    const lines = [mug, pen].map((productId) => ({ productId, quantity: 1, reason: 'DAMAGED' as const }));
    const input = { orderId, kind: 'EXCHANGE', lines, description: 'Cracked.' } as const;
    const of = await bench.demand('requestAfterSales', input, asAnn);
    ids.push(of.afterSalesId);
    await bring(of);
    const counted = { restocked: 0, writtenOff: 1, refused: 0 };
    const inspected = [mug, pen].map((productId) => ({ productId, ...counted }));
    await bench.demand('inspectAfterSalesParcel', { ...of, remark: '', lines: inspected }, asStaff);
    const before = (await bench.stockOf(near, mug)).onHand;
    const parcel = { carrier: 'Post', trackingNumber: 'E1', warehouseId: near };
    await bench.demand('sendAfterSalesReplacement', { ...of, ...parcel }, asStaff);
    expect(await status(of)).toBe('REPLACING');
    expect((await bench.stockOf(near, mug)).onHand).toBe(before);
    await bench.demand('sendAfterSalesReplacement', { ...of, ...parcel, warehouseId: far }, asStaff);
    expect(await status(of)).toBe('REPLACED');
    expect((await refunds()).refunds).toEqual([]);
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
    await close();
  });
});

describe('an exchange that staff have refunded meanwhile', () => {
  it.each(['all of the money', 'the goods'])('sends nothing after the refund of %s', async (what) => {
    const { bench, far, mug, orderId, request, bring, inspect, status, close } = await open();
    const of = await request('EXCHANGE', mug, 2);
    await bring(of);
    await inspect(of, 0, 2, 0);
    const refund = { orderId, amount: gbp(what === 'the goods' ? 2_000 : 2_740), reason: 'r' };
    const lines = what === 'the goods' ? [{ productId: mug, quantity: 4 }] : undefined;
    await bench.demand('refundOrder', lines === undefined ? refund : { ...refund, lines }, asStaff);
    await bench.settle();
    const before = (await bench.stockOf(far, mug)).onHand;
    const parcel = { carrier: 'Post', trackingNumber: 'E1', warehouseId: far };
    await bench.demand('sendAfterSalesReplacement', { ...of, ...parcel }, asStaff);
    expect(await status(of)).toBe('REPLACING');
    expect((await bench.stockOf(far, mug)).onHand).toBe(before);
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
    await close();
  });
});

describe('the clock', () => {
  it('asks staff where the order was refunded without goods', async () => {
    const { bench, mug, orderId, request, status, refunds, close } = await open();
    await bench.demand('refundOrder', { orderId, amount: gbp(500), reason: 'a broken mug' }, asStaff);
    await bench.settle();
    const of = await request('REFUND_ONLY', mug, 1);
    await bench.clock.advance(2.5 * DAY_MS);
    expect(await status(of)).toBe('ESCALATED');
    expect((await refunds()).refunds).toHaveLength(1);
    await close();
  });

  it('approves, refunds what was not inspected, and closes what was not sent', async () => {
    const { bench, near, mug, pen, request, bring, status, refunds, close } = await open();
    const undecided = await request('REFUND_ONLY', pen, 1);
    const uninspected = await request('RETURN', mug, 1);
    const unsent = await request('RETURN', mug, 1);
    await bring(uninspected);
    await bench.demand('approveAfterSales', { ...unsent, remark: '' }, asStaff);
    const { onHand } = await bench.stockOf(near, mug);
    await bench.clock.advance(2.5 * DAY_MS);
    expect(await status(undecided)).toBe('REFUNDED');
    expect(await status(uninspected)).toBe('RECEIVED');
    await bench.clock.advance(5 * DAY_MS);
    expect(await status(uninspected)).toBe('REFUNDED');
    expect(await status(unsent)).toBe('CLOSED');
    expect((await refunds()).refunds.map(({ amount }) => amount)).toEqual([gbp(120), gbp(500)]);
    // The condition of what was not inspected is not known, so nothing of it is sold again.
    expect((await bench.stockOf(near, mug)).onHand).toBe(onHand);
    await close();
  });
});

type Move = { readonly kind: number; readonly pick: number };
const aMove: fc.Arbitrary<Move> = fc.record({ kind: fc.nat(8), pick: fc.nat(100) });

/** One action of the customer, of staff or of the clock; a rejection is ignored here. */
const act = async (opened: Awaited<ReturnType<typeof open>>, { kind, pick }: Move): Promise<void> => {
  const { bench, provider, mug, pen, near, far, orderId, ids } = opened;
  const afterSalesId = ids[pick % Math.max(1, ids.length)];
  const productId = pick % 2 === 0 ? mug : pen;
  const quantity = (pick % 3) + 1;
  if (kind === 0 || afterSalesId === undefined) {
    const kinds = ['REFUND_ONLY', 'RETURN', 'EXCHANGE'] as const;
    const lines = [{ productId, quantity, reason: 'DAMAGED' as const }];
    const input = { orderId, kind: kinds[pick % 3]!, lines, description: 'd' };
    // Several copies at once, and another request beside them.
    const outcomes = await Promise.all(
      [1, 1, 2].map((copy) =>
        bench.send('requestAfterSales', input, { ...asAnn, id: `request ${ids.length} ${pick} ${copy}` }),
      ),
    );
    for (const outcome of outcomes)
      if (outcome.kind === 'accepted' && !ids.includes(outcome.value.afterSalesId))
        ids.push(outcome.value.afterSalesId);
    return;
  }
  const of = { afterSalesId };
  const twice = (send: () => Promise<unknown>) => Promise.all([send(), send()]);
  const line = { productId, restocked: pick % 2, writtenOff: 1, refused: 0 };
  switch (kind) {
    case 1:
      return void (await twice(() => bench.send('approveAfterSales', { ...of, remark: '' }, asStaff)));
    case 2:
      await bench.send('sendAfterSalesParcel', { ...of, carrier: 'c', trackingNumber: 't' }, asAnn);
      return void (await twice(() =>
        bench.send('receiveAfterSalesParcel', { ...of, warehouseId: near }, asStaff),
      ));
    case 3:
      return void (await twice(() =>
        bench.send('inspectAfterSalesParcel', { ...of, remark: '', lines: [line] }, asStaff),
      ));
    case 4: {
      const lines = [{ productId, quantity: 1 }];
      const goods = pick % 3 === 0 ? {} : { lines };
      return void (await bench.send(
        'refundOrder',
        { orderId, amount: gbp(pick * 10 + 1), ...goods, reason: 'r' },
        asStaff,
      ));
    }
    case 5:
      if (pick % 2 === 0) provider.refunds.push({ kind: 'unknown', reason: 'silence' });
      await bench.clock.advance(pick * DAY_MS * 0.05);
      return;
    case 6: {
      const warehouseId: WarehouseId = pick % 2 === 0 ? near : far;
      const parcel = { carrier: 'c', trackingNumber: 't', warehouseId };
      return void (await twice(() => bench.send('sendAfterSalesReplacement', { ...of, ...parcel }, asStaff)));
    }
    case 7:
      await bench.send('refuseAfterSales', { ...of, remark: 'no' }, asStaff);
      await bench.send('disputeAfterSales', { ...of, description: 'yes' }, asAnn);
      return void (await twice(() =>
        bench.send('decideAfterSalesDispute', { ...of, inFavourOf: 'CUSTOMER', remark: 'r' }, asStaff),
      ));
    default:
      return void (await bench.send('retryAfterSalesRefund', of, asStaff));
  }
};

it('never refunds more than was paid, nor any goods twice, in any order of requests and refunds by staff', async () => {
  let refundsSeen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(aMove, { minLength: 6, maxLength: 20 }), async (moves) => {
      const opened = await open();
      const { bench, provider, mug, pen, ids, stateOf, refunds, close } = opened;
      for (const move of moves) {
        await act(opened, move);
        if (move.pick % 3 !== 0) await bench.settle();
      }
      provider.refunds.length = 0;
      await bench.clock.advance(35 * DAY_MS);
      await bench.settle();
      const payment = await refunds();
      const done = payment.refunds.filter((refund) => refund.done);
      refundsSeen += done.length;
      expect(keptOf(payment).amountMinor).toBeGreaterThanOrEqual(0);
      // Each refund of the order has one key at the provider.
      const keys = new Set(provider.asked.filter((asked) => asked.startsWith('refund ')));
      expect(keys.size).toBe(payment.refunds.length);
      const back = (productId: ProductId) =>
        done
          .flatMap(({ lines }) => lines)
          .reduce((sum, line) => sum + (line.productId === productId ? line.quantity : 0), 0);
      expect(back(mug)).toBeLessThanOrEqual(5);
      expect(back(pen)).toBeLessThanOrEqual(2);
      for (const id of ids) {
        const state = await stateOf(id);
        if (state.status === 'NONE') throw new Error('a request is not there');
        // Everything has ended but what waits for staff.
        if (isOpenAfterSales(state.status)) expect(['ESCALATED', 'REFUND_FAILED']).toContain(state.status);
      }
      await bench.stockSums();
      expect(bench.parking.all()).toEqual([]);
      await close();
    }),
    { numRuns: runs(20, 6), seed: 7 },
  );
  expect(refundsSeen).toBeGreaterThan(5);
}, 120_000);

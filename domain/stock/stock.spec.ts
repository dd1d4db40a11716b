import { given } from '../../tests/support/domain/given';
import { fold } from '../kernel';
import type { Instant, OrderId, ProductId, ReplenishmentId, WarehouseId } from '../kernel';
import { availableOf, awaitedBy, replenishmentLot, setAsideFor, stock, stockQuantityMax } from './';
import type { StockCommand, StockEvent } from './';

const at = '2026-01-01T10:00:00.000Z' as Instant;
const where = { warehouseId: 1 as WarehouseId, productId: 'mug' as ProductId };
const [ada, bob, cyd] = ['ada', 'bob', 'cyd'] as [OrderId, OrderId, OrderId];
const buy = 'buy-1' as ReplenishmentId;
const otherBuy = 'buy-2' as ReplenishmentId;

const received = (quantity: number, replenishmentId?: ReplenishmentId): StockEvent => ({
  type: 'StockReceived',
  data: { ...where, quantity, ...(replenishmentId && { replenishmentId }), receivedAt: at },
});
const removed = (quantity: number): StockEvent => ({
  type: 'StockRemoved',
  data: { ...where, quantity, reason: 'broken', removedAt: at },
});
const reserved = (orderId: OrderId, quantity: number, backorderFilled = false): StockEvent => ({
  type: 'StockReserved',
  data: { ...where, orderId, quantity, backorderFilled, reservedAt: at },
});
const backordered = (orderId: OrderId, quantity: number): StockEvent => ({
  type: 'StockBackordered',
  data: { ...where, orderId, quantity, backorderedAt: at },
});
const released = (orderId: OrderId, quantity: number, awaited = 0): StockEvent => ({
  type: 'StockReleased',
  data: { ...where, orderId, quantity, awaited, releasedAt: at },
});
const shipped = (orderId: OrderId, quantity: number): StockEvent => ({
  type: 'StockShipped',
  data: { ...where, orderId, quantity, shippedAt: at },
});
const asked = (replenishmentId: ReplenishmentId, quantity: number): StockEvent => ({
  type: 'StockReplenishmentRequested',
  data: { ...where, replenishmentId, quantity, requestedAt: at },
});

const thresholdSet = (threshold: number): StockEvent => ({
  type: 'StockThresholdSet',
  data: { ...where, threshold, setAt: at },
});

const receive = (quantity: number, replenishmentId?: ReplenishmentId): StockCommand => ({
  type: 'ReceiveStock',
  ...where,
  quantity,
  ...(replenishmentId && { replenishmentId }),
  at,
});
const remove = (quantity: number, replenishmentId?: ReplenishmentId): StockCommand => ({
  type: 'RemoveStock',
  ...where,
  quantity,
  reason: 'broken',
  ...(replenishmentId && { replenishmentId }),
  at,
});
const reserve = (orderId: OrderId, quantity: number, replenishmentId?: ReplenishmentId): StockCommand => ({
  type: 'ReserveStock',
  ...where,
  orderId,
  quantity,
  ...(replenishmentId && { backorder: { replenishmentId } }),
  at,
});
const correct = (orderId: OrderId, replenishmentId = buy, askedAt = at): StockCommand => ({
  type: 'CorrectStock',
  ...where,
  ...{ orderId, replenishmentId, askedAt, reason: 'there are none', at },
});
const missing = (orderId: OrderId, quantity: number): StockEvent => ({
  type: 'StockRemoved',
  data: { ...where, orderId, quantity, reason: 'there are none', removedAt: at },
});
const release = (orderId: OrderId): StockCommand => ({ type: 'ReleaseStock', ...where, orderId, at });
const ship = (orderId: OrderId): StockCommand => ({ type: 'ShipStock', ...where, orderId, at });
const replenish = (quantity: number): StockCommand => ({
  type: 'ReplenishStock',
  ...where,
  replenishmentId: buy,
  quantity,
  at,
});

describe.each([
  ['ReceiveStock', receive],
  ['RemoveStock', remove],
  ['ReserveStock', (quantity: number) => reserve(ada, quantity)],
  ['ReplenishStock', replenish],
])('%s', (_, command) => {
  it.each([0, -1, 0.5, NaN, stockQuantityMax + 1])('refuses a quantity of %p', (quantity) =>
    given(stock, [received(9)])
      .when(command(quantity))
      .thenRejected({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: stockQuantityMax }),
  );
});

describe('ReceiveStock', () => {
  it('books every delivery that has no name', () =>
    given(stock, [])
      .when(receive(5))
      .then([received(5)], { again: 'new events' }));

  it('books a replenishment once', () =>
    given(stock, [asked(buy, 5)])
      .when(receive(5, buy))
      .then([received(5, buy)]));

  it('receives goods that were requested for others, once, too', () =>
    given(stock, [])
      .when(receive(5, buy))
      .then([received(5, buy)]));

  it('serves those who wait in their turn', () =>
    given(stock, [backordered(ada, 3), backordered(bob, 2), backordered(cyd, 1)])
      .when(receive(5, buy))
      .then([received(5, buy), reserved(ada, 3, true), reserved(bob, 2, true)]));

  it('serves no order before an earlier one', () =>
    given(stock, [backordered(ada, 3), backordered(bob, 1)])
      .when(receive(2, buy))
      .then([received(2, buy)]));
});

describe('RemoveStock', () => {
  it('writes off what is on hand', () =>
    given(stock, [received(5), reserved(ada, 3)])
      .when(remove(2))
      .then([removed(2)], { again: { code: 'INSUFFICIENT_STOCK', available: 0, wanted: 2 } }));

  it('refuses what is set aside for an order', () =>
    given(stock, [received(5), reserved(ada, 3)])
      .when(remove(3))
      .thenRejected({ code: 'INSUFFICIENT_STOCK', available: 2, wanted: 3 }));

  it('requests more if waiting orders counted on it', () => {
    const short = { code: 'INSUFFICIENT_STOCK', available: 0, wanted: 5 } as const;
    const history = [received(5), backordered(ada, replenishmentLot + 5), asked(buy, replenishmentLot)];
    given(stock, history)
      .when(remove(5, otherBuy))
      .then([removed(5), asked(otherBuy, replenishmentLot)], { again: short });
    given(stock, history)
      .when(remove(5))
      .then([removed(5)], { again: short });
  });
});

describe('ReserveStock', () => {
  it('sets goods aside', () =>
    given(stock, [received(5)])
      .when(reserve(ada, 5, buy))
      .then([reserved(ada, 5)]));

  it('refuses where there are too few, and says how many there are', () =>
    given(stock, [received(5)])
      .when(reserve(ada, 6))
      .thenRejected({ code: 'INSUFFICIENT_STOCK', available: 5, wanted: 6 }));

  it('refuses to pass those who wait', () =>
    given(stock, [received(5), backordered(ada, 6)])
      .when(reserve(bob, 1))
      .thenRejected({ code: 'INSUFFICIENT_STOCK', available: 0, wanted: 1 }));

  it('queues the order, and requests the missing goods in whole lots', () => {
    given(stock, [received(5)])
      .when(reserve(ada, 6, buy))
      .then([backordered(ada, 6), asked(buy, replenishmentLot)]);
    given(stock, [received(5)])
      .when(reserve(ada, replenishmentLot + 6, buy))
      .then([backordered(ada, replenishmentLot + 6), asked(buy, 2 * replenishmentLot)]);
  });

  it('requests nothing while enough is awaited', () =>
    given(stock, [backordered(ada, 6), asked(buy, replenishmentLot)])
      .when(reserve(bob, replenishmentLot - 6, otherBuy))
      .then([backordered(bob, replenishmentLot - 6)]));

  it('requests more as soon as one piece would be missing', () =>
    given(stock, [backordered(ada, 6), asked(buy, replenishmentLot)])
      .when(reserve(bob, replenishmentLot - 5, otherBuy))
      .then([backordered(bob, replenishmentLot - 5), asked(otherBuy, replenishmentLot)]));

  it('asks under an id once', () =>
    given(stock, [asked(buy, 1)])
      .when(reserve(ada, 6, buy))
      .then([backordered(ada, 6)]));

  it('requests at most the content of one delivery', () =>
    given(stock, [backordered(ada, stockQuantityMax)])
      .when(reserve(bob, 1, buy))
      .then([backordered(bob, 1), asked(buy, stockQuantityMax)]));

  it('changes nothing for an order whose goods have left', () =>
    given(stock, [received(5), reserved(ada, 2), shipped(ada, 2)])
      .when(reserve(ada, 2))
      .then([]));
});

describe('ReleaseStock', () => {
  it('puts the goods back on hand', () =>
    given(stock, [received(5), reserved(ada, 3)])
      .when(release(ada))
      .then([released(ada, 3)]));

  it('serves with them those who wait', () =>
    given(stock, [received(5), reserved(ada, 3), backordered(bob, 4), backordered(cyd, 1)])
      .when(release(ada))
      .then([released(ada, 3), reserved(bob, 4, true), reserved(cyd, 1, true)]));

  it('gives up a place in the queue, and with it the hold on those behind', () =>
    given(stock, [received(5), backordered(ada, 6), backordered(bob, 4)])
      .when(release(ada))
      .then([released(ada, 0, 6), reserved(bob, 4, true)]));

  it('changes nothing for an order it does not know', () =>
    given(stock, [received(5)])
      .when(release(ada))
      .then([]));

  it('lets the order come back later', () =>
    given(stock, [received(5), reserved(ada, 3), released(ada, 3)])
      .when(reserve(ada, 5))
      .then([reserved(ada, 5)]));
});

describe('ShipStock', () => {
  it('sends what is set aside', () =>
    given(stock, [received(5), reserved(ada, 3)])
      .when(ship(ada))
      .then([shipped(ada, 3)]));

  it('refuses an order that has nothing here', () =>
    given(stock, [received(5)])
      .when(ship(ada))
      .thenRejected({ code: 'RESERVATION_NOT_FOUND', orderId: ada }));

  it('receives goods that the books lacked as they leave, and serves those who waited behind them', () =>
    given(stock, [received(2), backordered(ada, 5), backordered(bob, 1)])
      .when(ship(ada))
      .then([received(5), reserved(ada, 5, true), shipped(ada, 5), reserved(bob, 1, true)]));
});

describe('CorrectStock', () => {
  const before = '2026-01-01T09:00:00.000Z' as Instant;

  it('writes off what was set aside and what is on hand, and lets the order wait for new goods', () =>
    given(stock, [received(9), reserved(ada, 3), reserved(bob, 2)])
      .when(correct(ada))
      .then([released(ada, 3), missing(ada, 7), backordered(ada, 3), asked(buy, replenishmentLot)]));

  it('requests nothing that is on its way already', () =>
    given(stock, [received(3), reserved(ada, 3), asked(otherBuy, 20)])
      .when(correct(ada))
      .then([released(ada, 3), missing(ada, 3), backordered(ada, 3)]));

  it('changes nothing if goods were received after the warehouse was asked', () =>
    given(stock, [received(3), reserved(ada, 3)])
      .when(correct(ada, buy, before))
      .then([]));

  it('changes nothing for an order that waits, has nothing, or has gone', () => {
    given(stock, [backordered(ada, 3)])
      .when(correct(ada))
      .then([]);
    given(stock, [received(3), reserved(ada, 3), shipped(ada, 3)])
      .when(correct(ada))
      .then([]);
  });

  it('is followed by the goods that were bought', () =>
    given(stock, [
      received(3),
      reserved(ada, 3),
      released(ada, 3),
      missing(ada, 3),
      backordered(ada, 3),
      asked(buy, 500),
    ])
      .when(receive(500, buy))
      .then([received(500, buy), reserved(ada, 3, true)]));
});

describe('ReplenishStock', () => {
  it('requests more', () =>
    given(stock, [])
      .when(replenish(7))
      .then([asked(buy, 7)]));

  it('changes nothing once it has arrived', () =>
    given(stock, [asked(buy, 7), received(7, buy)])
      .when(replenish(7))
      .then([]));
});

describe('SetLowStockThreshold', () => {
  const setThreshold = (threshold: number): StockCommand => ({
    type: 'SetLowStockThreshold',
    ...where,
    threshold,
    at,
  });

  it.each([1, stockQuantityMax])('sets a threshold of %p, also before there are goods', (threshold) =>
    given(stock, [])
      .when(setThreshold(threshold))
      .then([thresholdSet(threshold)]),
  );

  it('replaces a threshold, and removes it with 0', () => {
    given(stock, [received(3), thresholdSet(5)])
      .when(setThreshold(2))
      .then([thresholdSet(2)]);
    given(stock, [thresholdSet(5)])
      .when(setThreshold(0))
      .then([thresholdSet(0)]);
  });

  it.each([[[]], [[thresholdSet(5), thresholdSet(0)]]])('records no 0 where it is 0 already', (events) =>
    given(stock, events).when(setThreshold(0)).then([]),
  );

  it.each([-1, 0.5, NaN, stockQuantityMax + 1])('rejects a threshold of %p', (threshold) =>
    given(stock, [received(9)])
      .when(setThreshold(threshold))
      .thenRejected({
        code: 'LOW_STOCK_THRESHOLD_OUT_OF_RANGE',
        threshold,
        min: 0,
        max: stockQuantityMax,
      }),
  );
});

describe('what the stock remembers', () => {
  const state = fold(stock.evolve, stock.initial, [
    received(5),
    reserved(ada, 2),
    backordered(bob, 4),
    asked(buy, 9),
  ]);

  it('tells what a newcomer could have, what is set aside and what is awaited', () => {
    expect(availableOf(state)).toBe(0);
    expect([ada, bob, cyd].map((orderId) => setAsideFor(state, orderId))).toEqual([2, 0, 0]);
    expect([ada, bob, cyd].map((orderId) => awaitedBy(state, orderId))).toEqual([0, 4, 0]);
  });

  it('does not grow with what has left', () => {
    let long = fold(stock.evolve, stock.initial, [received(5_000)]);
    for (let n = 0; n < 5_000; n++) {
      const orderId = `order-${n}` as OrderId;
      long = fold(stock.evolve, long, [
        reserved(orderId, 1),
        shipped(orderId, 1),
        asked(`buy-${n}` as never, 1),
      ]);
      long = fold(stock.evolve, long, [received(1, `buy-${n}` as ReplenishmentId)]);
    }
    expect(long.claims.size + long.queue.length + long.onItsWay.size).toBe(0);
    expect([long.lastShipped.length, long.lastArrived.length]).toEqual([1_000, 1_000]);
    expect(long.lastShipped.at(-1)).toBe('order-4999');
  });

  it('reads version 1 of StockReleased, which left out an `awaited` of 0', () => {
    const [toVersion2] = stock.upcasters!['StockReleased']!;
    const stored = (fields: object) => ({ ...where, orderId: ada, quantity: 4, ...fields, releasedAt: at });
    expect(toVersion2!(stored({}))).toStrictEqual(released(ada, 4).data);
    expect(toVersion2!(stored({ awaited: 3 }))).toStrictEqual(released(ada, 4, 3).data);
  });

  it('stops rather than sell air', () => {
    expect(() => stock.evolve(stock.initial, reserved(ada, 1))).toThrow('StockReserved leaves -1 on hand');
  });
});

import { given } from '../../tests/support/domain/given';
import {
  at,
  command,
  customerId,
  destination,
  elsewhere,
  event,
  fromNorth,
  fromSouth,
  history,
  mug,
  north,
  orderId,
  south,
  wrongStatus,
} from '../../tests/support/domain/two-part-order';
import type { Place, ShipmentId, WarehouseId } from '../kernel';
import type { OrderCommand, OrderEvent } from './index';
import { order } from './index';

describe('RecordRedirectMissed', () => {
  const moved = event.destinationChanged(elsewhere);
  const record = (shipmentId: ShipmentId, missed = elsewhere): OrderCommand => ({
    type: 'RecordRedirectMissed',
    ...{ orderId, shipmentId, missed, deliveredTo: destination, at },
  });
  const missed = (shipmentId: ShipmentId, now: Place): OrderEvent => ({
    type: 'OrderRedirectMissed',
    data: {
      orderId,
      shipmentId,
      customerId,
      missed: elsewhere,
      deliveredTo: destination,
      destination: now,
      missedAt: at,
    },
  });

  it('leaves the order its destination while another part can go there', () =>
    given(order, [...history.shipped, moved])
      .when(record(fromNorth))
      .then([missed(fromNorth, elsewhere)]));

  it('takes the destination back when no part is left that can go there', () =>
    given(order, [...history.shipped, moved, missed(fromNorth, elsewhere)])
      .when(record(fromSouth))
      .then([missed(fromSouth, destination)]));

  it('does not take the outcome of an older change for that of a newer one', () =>
    given(order, [...history.shipped, moved])
      .when(record(fromNorth, { x: 9, y: 9 }))
      .then([]));

  it('knows released parts only', () =>
    given(order, history.allocated)
      .when(record(fromNorth))
      .thenRejected({ code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId: fromNorth }));
});

describe('StartPartLoading', () => {
  const start = (attempt: number) => command.startPartLoading(fromNorth, attempt);
  const fail = (attempt: number) => command.recordPartLoadingFailed(fromNorth, attempt);
  const started = (attempt: number): OrderEvent => ({
    type: 'OrderPartLoadingStarted',
    data: { orderId, shipmentId: fromNorth, attempt, startedAt: at },
  });
  const failed = (attempt: number): OrderEvent => ({
    type: 'OrderPartLoadingFailed',
    data: { orderId, shipmentId: fromNorth, attempt, failedAt: at },
  });
  const tooLate = { code: 'ORDER_ALREADY_SHIPPED', orderId } as const;
  const notFound = { code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId: fromNorth } as const;

  it('gives leave once a try, and then the order cannot be cancelled', () => {
    given(order, history.paid)
      .when(start(1))
      .then([started(1)]);
    given(order, [...history.paid, started(1)])
      .when(command.cancel())
      .thenRejected(tooLate);
  });

  it('gives no leave for an order that is called off', () =>
    given(order, [...history.paid, event.refundRequested(1300)])
      .when(start(1))
      .thenRejected(wrongStatus('REFUNDING')));

  it('gives leave while only a part of the money goes back', () =>
    given(order, [...history.paid, event.refundRequested(300)])
      .when(start(1))
      .then([started(1)]));

  it('allows the cancellation of the order after a failed attempt, and needs permission again', () => {
    given(order, [...history.paid, started(1)])
      .when(fail(1))
      .then([failed(1)]);
    given(order, [...history.paid, started(1), failed(1)])
      .when(command.cancel())
      .then([event.refundRequested(1300, { reason: 'cancelled' })]);
    given(order, [...history.paid, started(1), failed(1)])
      .when(start(2))
      .then([started(2)]);
  });

  it('does not take the failure of an earlier try for that of a later one', () => {
    given(order, [...history.paid, started(1), started(2)])
      .when(fail(1))
      .then([]);
    given(order, [...history.paid, started(1), started(2), failed(2)])
      .when(start(2))
      .then([]);
  });

  it('knows only released parts, and leaves a delivered one alone', () => {
    given(order, history.allocated).when(start(1)).thenRejected(notFound);
    given(order, history.allocated).when(fail(1)).thenRejected(notFound);
    given(order, history.fulfilled).when(start(1)).then([]);
    given(order, history.fulfilled).when(fail(1)).then([]);
  });
});

describe('MoveOrderPart', () => {
  const west = 3 as WarehouseId;
  const fromWest = 'from-west' as ShipmentId;
  const move = (to = west): OrderCommand => ({
    type: 'MoveOrderPart',
    ...{ orderId, shipmentId: fromNorth, to: { shipmentId: fromWest, warehouseId: to }, at },
  });
  const moved: OrderEvent = {
    type: 'OrderPartMoved',
    data: {
      ...{ orderId, shipmentId: fromNorth, warehouseId: north, movedAt: at },
      part: {
        ...{ shipmentId: fromWest, warehouseId: west },
        lines: [{ productId: mug, quantity: 3, awaitingStock: true }],
      },
    },
  };
  const supplied = command.recordLineSupplied(west, mug);
  const loadingStarted = command.startPartLoading(fromNorth, 1);
  const notFound = { code: 'ORDER_PART_NOT_FOUND', orderId, shipmentId: fromNorth } as const;

  it('lets the goods come from another warehouse, where the order waits for them', () =>
    given(order, history.paid).when(move()).then([moved]));

  it('releases the part when its goods are reserved there', () =>
    given(order, [...history.paid, moved])
      .when(supplied)
      .then([
        { type: 'OrderLineSupplied', data: { orderId, warehouseId: west, productId: mug, suppliedAt: at } },
        event.released(fromNorth, { shipmentId: fromWest, warehouseId: west }),
      ]));

  it('gives no leave to load the former shipment, and knows nothing of its goods', () => {
    given(order, [...history.paid, moved])
      .when(loadingStarted)
      .thenRejected(notFound);
    given(order, [...history.paid, moved])
      .when(command.recordLineSupplied(north, mug))
      .thenRejected({ code: 'ALLOCATION_MISMATCH', orderId });
    given(order, [...history.paid, moved])
      .when(move(4 as WarehouseId))
      .thenRejected(notFound);
  });

  it('is refused for a part that may be on a truck, and possible again when the loading failed', () => {
    const started: OrderEvent = {
      type: 'OrderPartLoadingStarted',
      data: { orderId, shipmentId: fromNorth, attempt: 1, startedAt: at },
    };
    const failed: OrderEvent = {
      type: 'OrderPartLoadingFailed',
      data: { orderId, shipmentId: fromNorth, attempt: 1, failedAt: at },
    };
    const tooLate = { code: 'ORDER_ALREADY_SHIPPED', orderId } as const;
    given(order, [...history.paid, started])
      .when(move())
      .thenRejected(tooLate);
    given(order, history.fulfilled).when(move()).thenRejected(tooLate);
    given(order, [...history.paid, started, failed])
      .when(move())
      .then([moved]);
  });

  it('is refused to a warehouse that sends a part already, also the same one', () => {
    for (const warehouseId of [north, south])
      given(order, history.paid)
        .when(move(warehouseId))
        .thenRejected({ code: 'WAREHOUSE_ALREADY_SENDS_PART', orderId, warehouseId });
  });

  it('is refused for an order that is called off, and for a part that is not released', () => {
    given(order, [...history.paid, event.refundRequested(1300)])
      .when(move())
      .thenRejected(wrongStatus('REFUNDING'));
    given(order, history.allocated).when(move()).thenRejected(notFound);
  });

  it('can be followed by the cancellation of the order', () =>
    given(order, [...history.paid, moved])
      .when(command.cancel())
      .then([event.refundRequested(1300, { reason: 'cancelled' })]));
});

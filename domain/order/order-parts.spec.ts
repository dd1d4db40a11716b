import { given } from '../../tests/support/domain/given';
import {
  at,
  command,
  destination,
  elsewhere,
  event,
  fromNorth,
  fromSouth,
  history,
  orderId,
  wrongStatus,
} from '../../tests/support/domain/two-part-order';
import type { Place, ShipmentId } from '../kernel';
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

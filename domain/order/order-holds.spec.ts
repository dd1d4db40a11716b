import { given } from '../../tests/support/domain/given';
import {
  at,
  command,
  customerId,
  event,
  fromNorth,
  fromSouth,
  history,
  lamp,
  orderId,
  payBy,
  south,
  wrongStatus,
} from '../../tests/support/domain/two-part-order';
import { later } from '../kernel';
import type { Millis, SerialNumber } from '../kernel';
import { order } from './index';
import type { OrderCommand, OrderEvent } from './index';

const [north, southern] = [event.released(fromNorth), event.released(fromSouth)];
const loading = (shipmentId = fromNorth): OrderEvent => ({
  type: 'OrderPartLoadingStarted',
  data: { orderId, shipmentId, attempt: 1, startedAt: at },
});
const unpaid = { number: 7 as SerialNumber, customerId, payBy };

describe('a hold', () => {
  it('is one for each reason', () => {
    given(order, history.placed).when(command.hold()).then([event.held()]);
    given(order, [...history.placed, event.held()])
      .when(command.hold('STOCK'))
      .then([event.held('STOCK')]);
  });

  it('keeps a paid order from being released', () =>
    given(order, [...history.allocated, event.held()])
      .when(command.recordPayment())
      .then([event.paid]));

  it('keeps goods that come from being released', () =>
    given(order, [event.placed, event.allocated(true), event.paid, north, event.held()])
      .when(command.recordLineSupplied(south, lamp))
      .then([event.supplied]));

  it('keeps a released part from being loaded, but not one that may be on its truck', () => {
    given(order, [...history.paid, event.held()])
      .when(command.startPartLoading(fromNorth, 1))
      .thenRejected({ code: 'ORDER_HELD', orderId, reasons: ['FRAUD'] });
    given(order, [...history.paid, loading(), event.held('FRAUD', [fromNorth])])
      .when(command.startPartLoading(fromNorth, 1))
      .then([]);
  });

  it('comes too late for a part that was seen on a truck', () =>
    given(order, [...history.paid, event.held()])
      .when({ ...command.startPartLoading(fromNorth, 1), hasHappened: true } as OrderCommand)
      .then([loading()]));

  it('says which parts it does not stop, and is refused where it stops none', () => {
    given(order, [...history.paid, loading()])
      .when(command.hold())
      .then([event.held('FRAUD', [fromNorth])]);
    given(order, [...history.paid, loading(), loading(fromSouth)])
      .when(command.hold())
      .thenRejected({ code: 'ORDER_ALREADY_SHIPPED', orderId });
  });

  it('is refused where nothing can be stopped', () => {
    given(order, history.fulfilled).when(command.hold()).thenRejected(wrongStatus('FULFILLED'));
    given(order, history.cancelled).when(command.hold()).thenRejected(wrongStatus('CANCELLED'));
  });

  it('keeps an unpaid order from expiring', () =>
    given(order, [...history.placed, event.held()])
      .when(command.expire(payBy))
      .then([]));

  it('leaves the customer free to cancel', () =>
    given(order, [...history.placed, event.held()])
      .when(command.cancel({ requestedBy: customerId }))
      .then([event.cancelled('requested-by-customer')]));
});

describe('the release from a hold', () => {
  it('releases the parts that are ready, after the last hold', () => {
    const held = [...history.allocated, event.held(), event.held('STOCK'), event.paid];
    const first = event.holdReleased({ goesOn: false });
    given(order, held).when(command.release()).then([first]);
    given(order, [...held, first])
      .when(command.release('STOCK'))
      .then([event.holdReleased({ reason: 'STOCK' }), north, southern]);
  });

  it('gives an unpaid order back the time for which it was held', () => {
    const minute = 60_000 as Millis;
    const after = later(at, minute);
    given(order, [...history.placed, event.held()])
      .when({ ...command.release(), at: after })
      .then([event.holdReleased({ unpaid: { ...unpaid, payBy: later(payBy, minute) }, releasedAt: after })]);
  });

  it('of a hold that is not there records nothing', () =>
    given(order, history.placed).when(command.release()).then([]));

  it('releases nothing of an order that was cancelled meanwhile', () =>
    given(order, [...history.allocated, event.held(), event.cancelled('requested-by-customer')])
      .when(command.release())
      .then([event.holdReleased()]));
});

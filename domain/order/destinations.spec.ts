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
  orderId,
} from '../../tests/support/domain/two-part-order';
import type { PostalAddress } from '../kernel';
import { order, type OrderEvent } from './index';

const home: PostalAddress = { recipient: 'Ada', line1: '1 Quay', city: 'Hull', country: 'GB' };
const work: PostalAddress = { ...home, line1: '2 Dock Road' };

const placedAt = (shipTo?: PostalAddress): OrderEvent => {
  if (event.placed.type !== 'OrderPlaced') throw new Error('Not the event of a placed order');
  return { type: 'OrderPlaced', data: { ...event.placed.data, shipTo } };
};
const redirected = (place: typeof destination, shipTo?: PostalAddress): OrderEvent => ({
  type: 'OrderDestinationChanged',
  data: { orderId, customerId, destination: place, shipTo, changedAt: at },
});
const redirect = (place: typeof destination, shipTo?: PostalAddress) =>
  ({ type: 'ChangeOrderDestination', orderId, destination: place, shipTo, at }) as const;
const toHome = [placedAt(home), ...history.shipped.slice(1)];

it('an order keeps its postal address, without empty fields and separators', () =>
  given(order, [])
    .when(command.place({ shipTo: { ...home, region: '', telephone: '+44 20 7946 0000' } }))
    .then([placedAt({ ...home, region: undefined, telephone: '+442079460000' })]));

it.each([
  [
    { ...home, recipient: ' ' },
    { code: 'ADDRESS_INCOMPLETE' as const, field: 'recipient' },
  ],
  [
    { ...home, country: 'UK' },
    { code: 'COUNTRY_UNKNOWN' as const, country: 'UK' },
  ],
  [
    { ...home, telephone: '12' },
    { code: 'TELEPHONE_INVALID' as const, min: 5, max: 15 },
  ],
])('an order is not sent to an address that is none', (shipTo, rejection) => {
  given(order, []).when(command.place({ shipTo })).thenRejected(rejection);
  given(order, toHome).when(redirect(elsewhere, shipTo)).thenRejected(rejection);
});

it('an order goes to another address from now on', () =>
  given(order, toHome)
    .when(redirect(elsewhere, work))
    .then([redirected(elsewhere, work)]));

it('an order that goes to a place on the grid has no address any more', () =>
  given(order, toHome)
    .when(redirect(elsewhere))
    .then([redirected(elsewhere)]));

it('another recipient at the same place is a change', () => {
  const other = { ...home, recipient: 'Bob' };
  given(order, toHome)
    .when(redirect(destination, other))
    .then([redirected(destination, other)]);
  given(order, toHome).when(redirect(destination, home)).then([]);
});

describe('a change of destination that comes too late', () => {
  const missing = (shipmentId: typeof fromNorth, now: typeof destination, shipTo?: PostalAddress) =>
    ({
      type: 'OrderRedirectMissed',
      data: {
        ...{ orderId, shipmentId, customerId, missed: elsewhere, deliveredTo: destination },
        ...{ destination: now, shipTo, missedAt: at },
      },
    }) as const;
  const record = (shipmentId: typeof fromNorth) =>
    ({
      type: 'RecordRedirectMissed',
      ...{ orderId, shipmentId, missed: elsewhere, deliveredTo: destination, at },
    }) as const;
  const moved = redirected(elsewhere, work);

  it('leaves the order its new address while another part can go there', () =>
    given(order, [...toHome, moved])
      .when(record(fromNorth))
      .then([missing(fromNorth, elsewhere, work)]));

  it('gives the order its former address back when no part is left', () =>
    given(order, [...toHome, moved, missing(fromNorth, elsewhere, work)])
      .when(record(fromSouth))
      .then([missing(fromSouth, destination, home)]));

  it('leaves no address where a former place had none', () =>
    given(order, [...history.shipped, moved, missing(fromNorth, elsewhere, work)])
      .when(record(fromSouth))
      .then([missing(fromSouth, destination)]));
});

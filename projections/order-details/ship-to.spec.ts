import type { Instant, Place, PostalAddress } from '../../domain/kernel';
import { erased } from '../../tests/support/domain/erased';
import { at, customerId, orderId, placed } from '../../tests/support/domain/orders';
import { place, shipmentId } from '../../tests/support/domain/shipments';
import { projected } from '../../tests/support/projections/it-projects';
import { orderDetails } from './';

const home: PostalAddress = {
  ...{ recipient: 'Ada', line1: '1 Quay', city: 'Hull', country: 'GB', telephone: '+441482000000' },
};
const shown = { ...home, line2: null, region: null, postalCode: null };
const work = { ...home, line1: '2 Dock Road', line2: 'Yard 3', region: 'Yorks', postalCode: 'HU1 1AA' };
const elsewhere: Place = { x: -7, y: 4 };

const toHome = { ...placed, data: { ...placed.data, shipTo: home } };
const moved = (shipTo?: PostalAddress) =>
  ({
    type: 'OrderDestinationChanged',
    data: { orderId, customerId, destination: elsewhere, shipTo, changedAt: at },
  }) as const;
const missed = {
  type: 'OrderRedirectMissed',
  data: {
    ...{ orderId, shipmentId, customerId, missed: elsewhere, deliveredTo: place, destination: place },
    ...{ shipTo: home, missedAt: at as Instant },
  },
} as const;

it.each([
  ['none where the customer chose a place only', [placed], null],
  ['the address that the customer gave', [toHome], shown],
  ['the address that it was redirected to', [toHome, moved(work)], work],
  ['none after it was redirected to a place', [toHome, moved()], null],
  ['the former address when the redirection came too late', [toHome, moved(work), missed], shown],
  ['none after its customer was erased', [toHome, erased(customerId, `order-${orderId}`)], null],
])('an order has %s', (_, events, shipTo) => {
  const [document] = projected(orderDetails, events).values();
  expect(document?.shipTo).toEqual(shipTo);
});

import type { ShippingMethodId } from '../../domain/kernel';
import { gbp, placed } from '../../tests/support/domain/orders';
import { projected } from '../../tests/support/projections/it-projects';
import { orderDetails } from './';

const shipping = { shippingMethodId: 'parcel' as ShippingMethodId, name: 'Parcel', charge: gbp(450) };

it.each([
  ['the method by which it is sent, with its charge', shipping, { ...shipping, tax: null }],
  ['none where it is sent free of charge', undefined, null],
])('an order has %s', (_, stored, shown) => {
  const fact = { ...placed, data: { ...placed.data, shipping: stored } };
  const [document] = projected(orderDetails, [fact]).values();
  expect(document?.shipping).toEqual(shown);
});

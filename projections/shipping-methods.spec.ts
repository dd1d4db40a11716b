import type { Instant, ShippingMethodId } from '../domain/kernel';
import type { ShippingRates } from '../domain/shipping-methods';
import { gbp } from '../tests/support/domain/order-vocabulary';
import { itProjects } from '../tests/support/projections/it-projects';
import { shippingMethods, type ShippingMethod } from './shipping-methods';

const id = 'method' as ShippingMethodId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const rates: ShippingRates = {
  ...{ base: gbp(300), perKilogram: gbp(120), perDistance: gbp(2), origin: { x: 1, y: -2 } },
  freeFrom: gbp(5_000),
};
const offered = (of: ShippingRates) =>
  ({
    type: 'ShippingMethodOffered',
    data: { shippingMethodId: id, name: 'Parcel', rates: of, offeredAt: at },
  }) as const;
const parcel: ShippingMethod = {
  ...{ id, name: 'Parcel', base: gbp(300), perKilogram: gbp(120), perDistance: gbp(2) },
  ...{ origin: { x: 1, y: -2 }, freeFrom: gbp(5_000), offeredAt: at },
};

itProjects(shippingMethods, [
  { on: offered(rates), because: 'has all of its rates', touches: [{ id, after: parcel }] },
  {
    on: offered({ base: gbp(0) }),
    because: 'has no rate that it was not given',
    touches: [
      {
        id,
        after: {
          ...{ ...parcel, base: gbp(0), perKilogram: null, perDistance: null, origin: null },
          freeFrom: null,
        },
      },
    ],
  },
  {
    on: { type: 'ShippingMethodWithdrawn', data: { shippingMethodId: id, withdrawnAt: at } },
    because: 'is withdrawn',
    touches: [{ id, before: parcel }],
  },
]);

import { given } from '../tests/support/domain/given';
import { gbp } from '../tests/support/domain/order-vocabulary';
import type { Instant, ShippingMethodId } from './kernel';
import { money, moneyMinorMax, type CurrencyCode } from './money';
import {
  shippingChargeOf,
  shippingMethods,
  shippingMethodsMax,
  type Consignment,
  type ShippingRates,
} from './shipping-methods';

const at = '2026-03-01T10:00:00.000Z' as Instant;
const eur = (amountMinor: number) => money(amountMinor, 'EUR' as CurrencyCode);
const shippingMethodId = 'method-1' as ShippingMethodId;
const rates: ShippingRates = {
  ...{ base: gbp(300), perKilogram: gbp(120), perDistance: gbp(2), origin: { x: 0, y: 0 } },
  freeFrom: gbp(5_000),
};
const offer = (change: Partial<ShippingRates> = {}, name = 'Parcel') =>
  ({ type: 'OfferShippingMethod', shippingMethodId, name, rates: { ...rates, ...change }, at }) as const;
const withdraw = { type: 'WithdrawShippingMethod', shippingMethodId, at } as const;
const offered = (id: ShippingMethodId = shippingMethodId) =>
  ({
    type: 'ShippingMethodOffered',
    data: { shippingMethodId: id, name: 'Parcel', rates, offeredAt: at },
  }) as const;
const withdrawn = { type: 'ShippingMethodWithdrawn', data: { shippingMethodId, withdrawnAt: at } } as const;
const full = Array.from({ length: shippingMethodsMax }, (_, index) =>
  offered(`other-${index}` as ShippingMethodId),
);

describe('the methods that are offered', () => {
  it('gain one', () => given(shippingMethods, []).when(offer()).then([offered()]));

  it('lose one, once', () => given(shippingMethods, [offered()]).when(withdraw).then([withdrawn]));

  it('have nothing to lose of what is not offered', () => given(shippingMethods, []).when(withdraw).then([]));

  it('are no more than customers can choose from', () =>
    given(shippingMethods, full)
      .when(offer())
      .thenRejected({ code: 'SHIPPING_METHODS_FULL', max: shippingMethodsMax }));

  it('may be free of charge', () => {
    const free = { base: gbp(0) };
    return given(shippingMethods, [])
      .when({ type: 'OfferShippingMethod', shippingMethodId, name: 'Slow', rates: free, at })
      .then([
        {
          type: 'ShippingMethodOffered',
          data: { shippingMethodId, name: 'Slow', rates: free, offeredAt: at },
        },
      ]);
  });

  it.each([
    ['name', offer({}, ' ')],
    ['base', offer({ base: gbp(-1) })],
    ['perKilogram', offer({ perKilogram: gbp(0) })],
    ['perKilogram', offer({ perKilogram: eur(1) })],
    ['perDistance', offer({ perDistance: gbp(-1) })],
    ['origin', offer({ origin: undefined })],
    ['origin', offer({ perDistance: undefined })],
    ['origin', offer({ origin: { x: 0.5, y: 0 } })],
    ['freeFrom', offer({ freeFrom: eur(5_000) })],
    ['freeFrom', offer({ base: gbp(0), perKilogram: undefined, perDistance: undefined, origin: undefined })],
  ] as const)('have a right %s', (field, command) =>
    given(shippingMethods, []).when(command).thenRejected({ code: 'SHIPPING_METHOD_INVALID', field }),
  );
});

describe('the charge of a method', () => {
  const goods: Consignment = { price: gbp(4_999), grams: 1_500, destination: { x: 3, y: 4 } };

  it.each<readonly [string, ShippingRates, Consignment, number | undefined]>([
    ['adds base, weight and distance', rates, goods, 300 + 180 + 10],
    ['counts a started minor unit as one', rates, { ...goods, grams: 1 }, 300 + 1 + 10],
    ['counts a started field as one', rates, { ...goods, grams: 0, destination: { x: 1, y: 1 } }, 304],
    ['is the base at the origin itself', rates, { ...goods, grams: 0, destination: { x: 0, y: 0 } }, 300],
    ['is nothing from the threshold on', rates, { ...goods, price: gbp(5_000) }, 0],
    ['is unknown without the destination', rates, { ...goods, destination: undefined }, undefined],
    ['is unknown off the grid', rates, { ...goods, destination: { x: 0.5, y: 0 } }, undefined],
    ['is known without a destination from the threshold on', rates, { price: gbp(5_000), grams: 0 }, 0],
    [
      'needs no destination without a rate for the distance',
      { ...rates, perDistance: undefined, origin: undefined },
      { ...goods, destination: undefined },
      480,
    ],
    ['is not there in another currency', rates, { ...goods, price: eur(4_999) }, undefined],
    [
      'is exact from one corner of the grid to the other',
      { base: gbp(0), perDistance: gbp(1), origin: { x: -(2 ** 31), y: -(2 ** 31) } },
      { ...goods, grams: 0, destination: { x: 2 ** 31 - 1, y: 2 ** 31 - 1 } },
      // The root of 2 × (2^32 − 1)^2 is 6,074,000,998.53…
      6_074_000_999,
    ],
    [
      'ends at the highest sum',
      { base: gbp(1), perKilogram: gbp(moneyMinorMax) },
      { ...goods, grams: 1e14 },
      moneyMinorMax,
    ],
  ])('%s', (_, of, consignment, charge) =>
    expect(shippingChargeOf(of, consignment)).toEqual(charge === undefined ? undefined : gbp(charge)),
  );
});

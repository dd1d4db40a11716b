import type { OrderPlaced } from '../../domain/order';
import { ann, createOrderBench, customer, furnish, gbp } from '../../tests/support/commands/order-fixture';
import type { ShippingMethodId } from '../../domain/kernel';

const as = customer(ann);
const destination = { x: 3, y: 4 };
const rates = { base: gbp(300), perKilogram: gbp(120), perDistance: gbp(2), origin: { x: 0, y: 0 } };

/** A shop with two mugs of 400 g, at 5.00 each, in the cart of a customer. */
const open = async () => {
  const bench = createOrderBench();
  const shop = await furnish(bench);
  await bench.demand('weighProduct', { productId: shop.mug, weightGrams: 400 });
  await bench.demand('addToCart', { customerId: ann, productId: shop.mug, quantity: 2 }, { as });
  return { bench, ...shop };
};
type Shop = Awaited<ReturnType<typeof open>>;

const offerMethod = async ({ bench }: Shop, more: object = {}): Promise<ShippingMethodId> =>
  (await bench.demand('offerShippingMethod', { name: 'Parcel', ...rates, ...more })).shippingMethodId;
const input = (more: object = {}) => ({ customerId: ann, destination, ...more });
const place = async ({ bench }: Shop, more: object = {}): Promise<OrderPlaced['data']> => {
  await bench.demand('placeOrder', input(more), { as });
  return (await bench.events()).find(({ type }) => type === 'OrderPlaced')!.data as OrderPlaced['data'];
};
const refusal = ({ bench }: Shop, more: object = {}) => bench.refusal('placeOrder', input(more), { as });
const offer = ({ bench }: Shop, more: object = {}) =>
  bench.demand('offerCart', { customerId: ann, ...more }, { as });

describe('the shipping of an order', () => {
  it('is free of charge while the shop offers no method', async () => {
    const shop = await open();
    expect(await offer(shop)).toMatchObject({ shippingOptions: [], total: gbp(1_000) });
    const placed = await place(shop);
    expect(placed.total).toEqual(gbp(1_000));
    expect(placed.shipping).toBeUndefined();
  });

  it('costs what the offer of the cart says, by weight and distance', async () => {
    const shop = await open();
    const shippingMethodId = await offerMethod(shop);
    const offered = await offer(shop, { destination, shippingMethodId });
    // 3.00, 0.96 for 800 g, and 0.10 for five fields.
    const shipping = { shippingMethodId, name: 'Parcel', charge: gbp(406) };
    expect(offered).toMatchObject({ shippingOptions: [shipping], shipping: gbp(406), total: gbp(1_406) });
    const placed = await place(shop, { shippingMethodId, expectedTotal: offered.total });
    expect(placed.shipping).toEqual(shipping);
    expect(placed.total).toEqual(gbp(1_406));
  });

  it('has no charge before the destination is known, nor one off the grid', async () => {
    const shop = await open();
    const shippingMethodId = await offerMethod(shop);
    const unknown = { shippingOptions: [{ shippingMethodId, name: 'Parcel' }], total: gbp(1_000) };
    for (const more of [{}, { destination: { x: 0.5, y: 0 } }]) {
      const offered = await offer(shop, { shippingMethodId, ...more });
      expect(offered).toMatchObject(unknown);
      expect(offered.shipping).toBeUndefined();
    }
    const off = { x: 0.5, y: 0 };
    expect(await refusal(shop, { shippingMethodId, destination: off })).toEqual({
      code: 'PLACE_OUT_OF_RANGE',
      place: off,
    });
  });

  it('is free from the threshold on, which counts after the discounts', async () => {
    const shop = await open();
    const shippingMethodId = await offerMethod(shop, { freeFrom: gbp(1_000) });
    expect(await offer(shop, { destination, shippingMethodId })).toMatchObject({
      ...{ shipping: gbp(0), total: gbp(1_000) },
    });
    await shop.bench.demand('createPromotion', { name: 'Desk', amount: gbp(1) });
    const placed = await place(shop, { shippingMethodId });
    expect(placed.shipping?.charge).toEqual(gbp(406));
    expect(placed.total).toEqual(gbp(999 + 406));
  });

  it('must be chosen from the methods that are offered in the currency of the cart', async () => {
    const shop = await open();
    const eur = { ...gbp(300), currency: 'EUR' as const };
    const inEuro = await offerMethod(shop, { ...{ base: eur, perKilogram: eur, perDistance: eur } });
    expect(await refusal(shop, { shippingMethodId: inEuro })).toEqual({
      code: 'SHIPPING_METHOD_NOT_OFFERED',
      shippingMethodId: inEuro,
    });
    const slow = await offerMethod(shop, { name: 'Slow' });
    expect(await refusal(shop)).toEqual({ code: 'SHIPPING_METHOD_REQUIRED', shippingMethodIds: [slow] });
    await shop.bench.demand('withdrawShippingMethod', { shippingMethodId: slow });
    expect(await refusal(shop, { shippingMethodId: slow })).toEqual({
      code: 'SHIPPING_METHOD_NOT_OFFERED',
      shippingMethodId: slow,
    });
    expect((await place(shop)).total).toEqual(gbp(1_000));
  });

  it('is not charged where the customer has seen another total', async () => {
    const shop = await open();
    const shippingMethodId = await offerMethod(shop);
    expect(await refusal(shop, { shippingMethodId, expectedTotal: gbp(1_000) })).toEqual({
      ...{ code: 'TOTAL_CHANGED', was: gbp(1_000), now: gbp(1_406) },
    });
  });
});

it('refuses a weight that no product has', async () => {
  const { bench, mug } = await open();
  expect(await bench.refusal('weighProduct', { productId: mug, weightGrams: 0.5 })).toEqual({
    ...{ code: 'WEIGHT_OUT_OF_RANGE', weightGrams: 0.5, min: 1, max: 1_000_000 },
  });
});

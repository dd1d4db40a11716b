import type { OrderPlaced } from '../../domain/order';
import type { Instant } from '../../domain/kernel';
import { ann, createOrderBench, customer, furnish, gbp } from '../../tests/support/commands/order-fixture';

const as = customer(ann);
const destination = { x: 3, y: 4 };
const rates = { country: 'GB', isIncluded: false, standard: 2_000, reduced: 500 };
const address = { recipient: 'Ann', line1: '1 Quay', city: 'Leith', country: 'GB' };

/** A shop with two mugs at 5.00 each in the cart of a customer, whose address is in the United Kingdom. */
const open = async () => {
  const bench = createOrderBench();
  const shop = await furnish(bench);
  await bench.demand('addToCart', { customerId: ann, productId: shop.mug, quantity: 2 }, { as });
  await bench.demand('addAddress', { accountId: ann, ...address }, { as });
  return { bench, ...shop };
};
type Shop = Awaited<ReturnType<typeof open>>;

const input = (more: object = {}) => ({ customerId: ann, destination, ...more });
const place = async ({ bench }: Shop, more: object = {}): Promise<OrderPlaced['data']> => {
  await bench.demand('placeOrder', input(more), { as });
  return (await bench.events()).find(({ type }) => type === 'OrderPlaced')!.data as OrderPlaced['data'];
};
const offer = ({ bench }: Shop, more: object = {}) =>
  bench.demand('offerCart', { customerId: ann, ...more }, { as });
const entry = (category: string, rateHundredths: number, net: number, tax: number) => ({
  ...{ category, rateHundredths, net: gbp(net), tax: gbp(tax) },
});

describe('the tax of an order', () => {
  it('is none while the table is empty', async () => {
    const shop = await open();
    expect(await offer(shop)).not.toHaveProperty('tax');
    const placed = await place(shop);
    expect(placed.total).toEqual(gbp(1_000));
    expect(placed.tax).toBeUndefined();
    expect(placed.lines[0]).not.toHaveProperty('tax.amount');
  });

  it('is what the offer of the cart says, by the country of the default address', async () => {
    const shop = await open();
    await shop.bench.demand('setTaxRates', rates);
    const tax = { country: 'GB', isIncluded: false, entries: [entry('STANDARD', 2_000, 1_000, 200)] };
    const offered = await offer(shop);
    expect(offered).toMatchObject({ goods: gbp(1_000), tax, total: gbp(1_200) });
    const placed = await place(shop, { expectedTotal: offered.total });
    expect(placed).toMatchObject({ tax, total: gbp(1_200) });
    expect(placed.lines).toMatchObject([{ tax: { category: 'STANDARD', amount: gbp(200) } }]);
  });

  it('has the category of the product, and the standard one for the shipping', async () => {
    const shop = await open();
    await shop.bench.demand('setTaxRates', rates);
    await shop.bench.demand('setTaxCategory', { productId: shop.mug, taxCategory: 'REDUCED' });
    const { shippingMethodId } = await shop.bench.demand('offerShippingMethod', {
      ...{ name: 'Parcel', base: gbp(300) },
    });
    const offered = await offer(shop, { destination, shippingMethodId });
    const entries = [entry('STANDARD', 2_000, 300, 60), entry('REDUCED', 500, 1_000, 50)];
    expect(offered).toMatchObject({ tax: { entries }, total: gbp(1_410) });
    const placed = await place(shop, { shippingMethodId, expectedTotal: offered.total });
    expect(placed.tax?.entries).toEqual(entries);
    expect(placed.shipping?.tax).toEqual({ category: 'STANDARD', amount: gbp(60) });
  });

  it('is that of the country to which the order goes, before that of the default address', async () => {
    const shop = await open();
    await shop.bench.demand('setTaxRates', rates);
    await shop.bench.demand('setTaxRates', { ...rates, country: 'FR', standard: 1_000 });
    const abroad = { ...address, country: 'FR' };
    const offered = await offer(shop, { address: abroad });
    expect(offered).toMatchObject({ tax: { country: 'FR' }, total: gbp(1_100) });
    const placed = await place(shop, { address: abroad, expectedTotal: offered.total });
    expect(placed).toMatchObject({ tax: { country: 'FR' }, total: gbp(1_100) });
  });

  it('is none for the address of another country', async () => {
    const shop = await open();
    await shop.bench.demand('setTaxRates', { ...rates, country: 'FR' });
    expect(await offer(shop)).not.toHaveProperty('tax');
  });

  it('is not charged where the customer has seen another total', async () => {
    const shop = await open();
    await shop.bench.demand('setTaxRates', rates);
    const { total } = await offer(shop);
    await shop.bench.demand('setTaxRates', { ...rates, standard: 2_100 });
    expect(await shop.bench.refusal('placeOrder', input({ expectedTotal: total }), { as })).toEqual({
      ...{ code: 'TOTAL_CHANGED', was: gbp(1_200), now: gbp(1_210) },
    });
  });

  it('is that of the time when the order is placed', async () => {
    const shop = await open();
    await shop.bench.demand('setTaxRates', rates);
    await shop.bench.demand('withdrawTaxRates', {
      country: 'GB',
      from: '2100-01-01T00:00:00.000Z' as Instant,
    });
    expect(await offer(shop)).toMatchObject({ total: gbp(1_200) });
    await shop.bench.demand('withdrawTaxRates', { country: 'GB' });
    expect(await offer(shop)).not.toHaveProperty('tax');
  });
});

it('names the rate that is out of range', async () => {
  const { bench } = await open();
  expect(await bench.refusal('setTaxRates', { ...rates, standard: 10_001 })).toEqual({
    ...{ code: 'TAX_RATE_OUT_OF_RANGE', field: 'standard', rateHundredths: 10_001, min: 0, max: 10_000 },
  });
});

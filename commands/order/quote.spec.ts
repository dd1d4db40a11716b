import fc from 'fast-check';
import type { AccountId, OrderId, PromotionId } from '../../domain/kernel';
import type { OrderPlaced } from '../../domain/order';
import { promotion } from '../../domain/promotion';
import {
  ann,
  bob,
  createOrderBench,
  customer,
  furnish,
  gbp,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import { overridingStore } from '../../tests/support/commands/overriding-store';
import { runs } from '../../tests/support/runs';
import { QUOTE_VALID_MS } from './quote-cart';

const destination = { x: 3, y: 4 };
const rates = { base: gbp(300), perDistance: gbp(2), origin: { x: 0, y: 0 } };
const taxes = { country: 'GB', isIncluded: false, standard: 2_000, reduced: 500 };
const home = { recipient: 'Ann', line1: '1 Quay', city: 'Leith', country: 'GB' };

const fill = (bench: OrderBench, productId: string, { by = ann, quantity = 1 } = {}) =>
  bench.demand(
    'addToCart',
    { customerId: by, productId: productId as never, quantity },
    { as: customer(by) },
  );

/** A shop with two mugs in the cart of Ann, a promotion, a shipping method and taxes. */
const open = async () => {
  const bench = createOrderBench();
  const goods = await furnish(bench);
  await fill(bench, goods.mug, { quantity: 2 });
  const { promotionId } = await bench.demand('createPromotion', { name: 'Desk', percent: 10 });
  const { shippingMethodId } = await bench.demand('offerShippingMethod', { name: 'Parcel', ...rates });
  await bench.demand('setTaxRates', taxes);
  await bench.demand('addAddress', { accountId: ann, ...home }, { as: customer(ann) });
  return { bench, ...goods, promotionId, shippingMethodId };
};
type Shop = Awaited<ReturnType<typeof open>>;

const input = ({ shippingMethodId }: Shop, by: AccountId = ann) => ({
  ...{ customerId: by, destination, shippingMethodId },
});
const quoted = (shop: Shop, more: object = {}, by = ann) =>
  shop.bench.demand('quoteCart', { ...input(shop, by), ...more }, { as: customer(by) });
const refusal = (shop: Shop, more: object, by = ann) =>
  shop.bench.refusal('placeOrder', { ...input(shop, by), ...more }, { as: customer(by) });
const placed = async (shop: Shop, more: object, by = ann): Promise<OrderPlaced['data']> => {
  const { orderId } = await shop.bench.demand(
    'placeOrder',
    { ...input(shop, by), ...more },
    { as: customer(by) },
  );
  return orderWith(shop, orderId);
};
const orderWith = async ({ bench }: Shop, orderId: OrderId): Promise<OrderPlaced['data']> =>
  (await bench.events()).find(
    ({ type, data }) => type === 'OrderPlaced' && (data as { orderId: OrderId }).orderId === orderId,
  )!.data as OrderPlaced['data'];
const usesOf = async ({ bench }: Shop, id: PromotionId): Promise<number> => {
  const state = await bench.clock.drive(bench.life().aggregates.of(promotion).load(id));
  return state.status === 'NONE' ? NaN : state.uses.size;
};

/** Everything on which a price depends changes. */
const changes = {
  price: ({ bench, mug }: Shop) => bench.demand('changeProductPrice', { productId: mug, price: gbp(777) }),
  promotion: ({ bench, promotionId }: Shop) => bench.demand('stopPromotion', { promotionId }),
  another: ({ bench }: Shop) => bench.demand('createPromotion', { name: 'More', percent: 5 }),
  shipping: ({ bench, shippingMethodId }: Shop) =>
    bench.demand('withdrawShippingMethod', { shippingMethodId }),
  tax: ({ bench }: Shop) => bench.demand('setTaxRates', { ...taxes, standard: 700 }),
  category: ({ bench, mug }: Shop) =>
    bench.demand('setTaxCategory', { productId: mug, taxCategory: 'REDUCED' }),
  address: ({ bench }: Shop) =>
    bench.demand('addAddress', { accountId: ann, ...home, country: 'FR' }, { as: customer(ann) }),
  weight: ({ bench, mug }: Shop) => bench.demand('weighProduct', { productId: mug, weightGrams: 9_000 }),
} as const;
type Change = keyof typeof changes;
const kinds = Object.keys(changes) as Change[];

it('a quote has the lines, promotions, shipping and tax of the order', async () => {
  const shop = await open();
  // 10.00 less 1.00, 3.10 for five fields, and 20 % of 12.10.
  expect(await quoted(shop)).toMatchObject({
    lines: [{ productId: shop.mug, name: 'MUG', quantity: 2, unitPrice: gbp(500), discount: gbp(100) }],
    promotions: [{ promotionId: shop.promotionId, name: 'Desk', amount: gbp(100) }],
    shipping: gbp(310),
    tax: { country: 'GB', isIncluded: false, entries: [{ net: gbp(1_210), tax: gbp(242) }] },
    total: gbp(1_452),
    ...{ changes: [], changed: [] },
  });
});

it('an order with a quote costs exactly that, although anything has changed meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...kinds), { maxLength: kinds.length }),
      fc.nat(QUOTE_VALID_MS - 1),
      async (happened, waited) => {
        const shop = await open();
        const quote = await quoted(shop);
        for (const change of happened) await changes[change](shop);
        await shop.bench.clock.advance(waited);
        const order = await placed(shop, { quote: quote.quote });
        expect(order.total).toEqual(quote.total);
        expect(order.tax?.entries).toEqual(quote.tax?.entries);
        expect(order.shipping?.charge).toEqual(quote.shipping);
        expect(order.promotions).toEqual(quote.promotions);
        expect(order.lines.map(({ unitPrice, discount }) => [unitPrice, discount])).toEqual(
          quote.lines.map(({ unitPrice, discount }) => [unitPrice, discount]),
        );
      },
    ),
    { numRuns: runs(40) },
  );
});

describe('after its time', () => {
  it('a quote is placed if the order still costs the same', async () => {
    const shop = await open();
    const { quote, total } = await quoted(shop);
    await shop.bench.clock.advance(QUOTE_VALID_MS);
    expect((await placed(shop, { quote })).total).toEqual(total);
  });

  it.each<readonly [Change, readonly string[]]>([
    ['price', ['PRICES', 'PROMOTIONS']],
    ['promotion', ['PROMOTIONS']],
    ['tax', ['TAX']],
    ['category', ['TAX']],
  ])('a change of the %s is refused with what has changed, and a new quote', async (change, changed) => {
    const shop = await open();
    const was = await quoted(shop);
    await changes[change](shop);
    await shop.bench.clock.advance(QUOTE_VALID_MS);
    const now = (await quoted(shop)).total;
    const refused = await refusal(shop, { quote: was.quote, expectedTotal: was.total });
    expect(refused).toMatchObject({ code: 'QUOTE_EXPIRED', changed, was: was.total, now });
    expect(await shop.bench.count('OrderPlaced')).toBe(0);
    const { quote } = refused as unknown as { readonly quote: string };
    await shop.bench.clock.advance(QUOTE_VALID_MS - 1);
    expect((await placed(shop, { quote })).total).toEqual(now);
  });

  it('a quote whose shipping method is gone is refused for that reason', async () => {
    const shop = await open();
    const { quote } = await quoted(shop);
    await changes.shipping(shop);
    await shop.bench.clock.advance(QUOTE_VALID_MS);
    expect(await refusal(shop, { quote })).toMatchObject({ code: 'SHIPPING_METHOD_NOT_OFFERED' });
  });
});

describe('the changes', () => {
  it('are the prices that differ from those of the cart, which the quote accepts', async () => {
    const shop = await open();
    await changes.price(shop);
    const quote = await quoted(shop);
    expect(quote).toMatchObject({
      changes: [{ productId: shop.mug, was: gbp(500), now: gbp(777) }],
      changed: [],
    });
    expect((await placed(shop, { quote: quote.quote })).lines[0]?.unitPrice).toEqual(gbp(777));
  });

  it('are those since an earlier quote, where one is given', async () => {
    const shop = await open();
    await changes.price(shop);
    const { quote: since } = await quoted(shop);
    expect(await quoted(shop, { since })).toMatchObject({ changes: [], changed: [] });
    await changes.promotion(shop);
    await shop.bench.demand('changeProductPrice', { productId: shop.mug, price: gbp(600) });
    expect(await quoted(shop, { since })).toMatchObject({
      changes: [{ was: gbp(777), now: gbp(600) }],
      changed: ['PRICES', 'PROMOTIONS'],
    });
    await fill(shop.bench, shop.pen);
    expect(await quoted(shop, { since })).toMatchObject({ changed: [] });
  });
});

describe('a quote is for nothing else', () => {
  it.each<readonly [string, (shop: Shop) => Promise<object>]>([
    ['a changed text', async (shop) => ({ quote: `${(await quoted(shop)).quote.slice(0, -2)}AA` })],
    [
      'a text with another price',
      async (shop) => {
        const [content = '', signature = ''] = (await quoted(shop)).quote.split('.');
        const cheap = {
          ...(JSON.parse(Buffer.from(content, 'base64url').toString()) as object),
          lines: [[1, 0, null]],
        };
        return { quote: `${Buffer.from(JSON.stringify(cheap)).toString('base64url')}.${signature}` };
      },
    ],
    ['a text that is none', async () => ({ quote: 'quote' })],
    ['another place', async (shop) => ({ ...(await quoted(shop)), destination: { x: 9, y: 9 } })],
    ['an address', async (shop) => ({ ...(await quoted(shop)), address: home })],
    [
      'other goods',
      async (shop) => {
        const { quote } = await quoted(shop);
        await fill(shop.bench, shop.pen);
        return { quote };
      },
    ],
    [
      'the next cart',
      async (shop) => {
        const { quote } = await quoted(shop);
        await placed(shop, { quote });
        await fill(shop.bench, shop.mug, { quantity: 2 });
        return { quote };
      },
    ],
  ])('%s', async (_, prepare) => {
    const shop = await open();
    const {
      quote,
      destination: to = destination,
      address,
    } = (await prepare(shop)) as {
      readonly quote: string;
      readonly destination?: typeof destination;
      readonly address?: typeof home;
    };
    const delivery = { destination: to, ...(address && { address }) };
    expect(await refusal(shop, { quote, ...delivery })).toEqual({ code: 'QUOTE_NOT_VALID' });
  });

  it('another customer with the same goods', async () => {
    const shop = await open();
    const { quote } = await quoted(shop);
    await fill(shop.bench, shop.mug, { by: bob, quantity: 2 });
    expect(await refusal(shop, { quote }, bob)).toEqual({ code: 'QUOTE_NOT_VALID' });
  });

  it('and an entry of the address book is the address that was typed', async () => {
    const shop = await open();
    const as = customer(ann);
    const of = { customerId: ann, shippingMethodId: shop.shippingMethodId };
    const { quote } = await shop.bench.demand('quoteCart', { ...of, address: home }, { as });
    const { addressId } = await shop.bench.demand(
      'addAddress',
      { accountId: ann, ...home },
      { as: customer(ann) },
    );
    const { orderId } = await shop.bench.demand('placeOrder', { ...of, quote, addressId }, { as });
    const order = await orderWith(shop, orderId);
    expect(order.shipTo).toMatchObject(home);
  });
});

it('a product that is not sold any more is not sold by a quote', async () => {
  const shop = await open();
  const { quote } = await quoted(shop);
  await shop.bench.demand('discontinueProduct', { productId: shop.mug });
  expect(await refusal(shop, { quote })).toMatchObject({ code: 'PRODUCT_DISCONTINUED' });
});

it('a quote holds in the next life of the process, and in another process', async () => {
  const shop = await open();
  const { quote, total } = await quoted(shop);
  shop.bench.restart();
  await changes.price(shop);
  expect((await placed(shop, { quote })).total).toEqual(total);
});

describe('the last use of a promotion', () => {
  const limited = async () => {
    const shop = await open();
    const { promotionId } = await shop.bench.demand('createPromotion', {
      name: 'One',
      percent: 50,
      usesMax: 1,
    });
    await fill(shop.bench, shop.mug, { by: bob, quantity: 2 });
    return { ...shop, one: promotionId };
  };
  const has = ({
    promotions = [],
  }: {
    readonly promotions?: readonly { readonly name: string }[] | undefined;
  }) => promotions.some(({ name }) => name === 'One');

  it('is held by the quote until its end, however late that is renewed, and not by another', async () => {
    const shop = await limited();
    const first = await quoted(shop);
    await shop.bench.clock.advance(QUOTE_VALID_MS - 1);
    const second = await quoted(shop);
    await shop.bench.clock.advance(QUOTE_VALID_MS - 1);
    const other = await quoted(shop, {}, bob);
    expect([first, second, other].map(has)).toEqual([true, true, false]);
    expect(has(await placed(shop, { quote: second.quote }))).toBe(true);
    expect(has(await placed(shop, { quote: other.quote }, bob))).toBe(false);
    expect(await usesOf(shop, shop.one)).toBe(1);
  });

  it('is kept by the quote although staff stop the promotion', async () => {
    const shop = await limited();
    const { quote, total } = await quoted(shop);
    await shop.bench.demand('stopPromotion', { promotionId: shop.one });
    expect((await placed(shop, { quote })).total).toEqual(total);
  });

  it('is free again after a quote by which no order was placed', async () => {
    const shop = await limited();
    await quoted(shop);
    await shop.bench.clock.advance(3 * QUOTE_VALID_MS);
    expect(has(await quoted(shop, {}, bob))).toBe(true);
    expect(await usesOf(shop, shop.one)).toBe(1);
  });

  it('does not make its stream longer with each quote', async () => {
    const shop = await limited();
    for (let quotes = 0; quotes < 20; quotes += 1) await quoted(shop);
    expect(await shop.bench.count('PromotionUseReserved')).toBe(1);
  });
});

describe('a process that stops', () => {
  /** Ann orders by a quote, and the process stops before it writes an event of the type. */
  const stopped = async (type: string) => {
    const shop = await open();
    const { quote, total } = await quoted(shop);
    const { bench } = shop;
    const { durable } = bench;
    const append: typeof durable.store.append = (stream, expected, events) =>
      events.some((event) => event.type === type)
        ? Promise.reject(new Error('The process stops here'))
        : durable.store.append(stream, expected, events);
    bench.restart({ ...durable, store: overridingStore(durable.store, { append }) });
    const send = () => bench.send('placeOrder', { ...input(shop), quote }, { as: customer(ann), id: 'once' });
    await send().catch(() => undefined);
    bench.restart();
    return { shop, send, total };
  };

  it('before the order is written leaves the quote as it is', async () => {
    const { shop, send, total } = await stopped('OrderPlaced');
    await changes.price(shop);
    expect((await send()).kind).toBe('accepted');
    const order = (await shop.bench.events()).find(({ type }) => type === 'OrderPlaced')?.data;
    expect(order).toMatchObject({ total });
  });

  it('before the cart is checked out has placed the order, which a repeat after the time finds', async () => {
    const { shop, send } = await stopped('CartCheckedOut');
    await changes.price(shop);
    await shop.bench.clock.advance(QUOTE_VALID_MS);
    expect((await send()).kind).toBe('accepted');
    expect(await shop.bench.count('OrderPlaced')).toBe(1);
  });
});

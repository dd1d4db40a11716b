import type { AccountId, OrderId, PromotionId } from '../../domain/kernel';
import { automaticPromotions, automaticPromotionsId } from '../../domain/automatic-promotions';
import type { OrderPlaced } from '../../domain/order';
import { promotion } from '../../domain/promotion';
import {
  ann,
  bob,
  createOrderBench,
  customer,
  furnish,
  gbp,
  idOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import { overridingStore } from '../../tests/support/commands/overriding-store';
import { USE_HELD_MS } from './reserve-uses';

const here = { x: 1, y: 1 };

const open = async () => {
  const bench = createOrderBench();
  return { bench, ...(await furnish(bench)) };
};
type Shop = Awaited<ReturnType<typeof open>>;

const createCoupon = (bench: OrderBench, more: object = {}) =>
  bench.demand('createPromotion', { name: 'Spring', coupon: 'SPRING', percent: 10, ...more });

/** Puts mugs into a cart and gives a code for it. */
const fill = async ({ bench, mug }: Shop, by: AccountId, coupon: string | null = 'SPRING', quantity = 1) => {
  const as = customer(by);
  await bench.demand('addToCart', { customerId: by, productId: mug, quantity }, { as });
  if (coupon !== null) await bench.demand('applyCoupon', { customerId: by, coupon }, { as });
};

const input = (by: AccountId, more: object = {}) => ({ customerId: by, destination: here, ...more });
const place = async ({ bench }: Shop, by: AccountId, more: object = {}): Promise<OrderId> =>
  (await bench.demand('placeOrder', input(by, more), { as: customer(by) })).orderId;
const refusal = ({ bench }: Shop, by: AccountId, more: object = {}) =>
  bench.refusal('placeOrder', input(by, more), { as: customer(by) });
const offer = ({ bench }: Shop, by: AccountId) =>
  bench.demand('offerCart', { customerId: by }, { as: customer(by) });
const placedBy = async ({ bench }: Shop, orderId: OrderId): Promise<OrderPlaced['data']> =>
  (await bench.events()).find(
    ({ type, data }) => type === 'OrderPlaced' && (data as { orderId: OrderId }).orderId === orderId,
  )!.data as OrderPlaced['data'];
const usesOf = async ({ bench }: Shop, id: PromotionId): Promise<number> => {
  const state = await bench.clock.drive(bench.life().aggregates.of(promotion).load(id));
  return state.status === 'NONE' ? NaN : state.uses.size;
};

/** Runs something during which the process stops before it writes an event of that type. */
const stopBefore = async (bench: OrderBench, type: string, run: () => Promise<unknown>): Promise<void> => {
  const { durable } = bench;
  const append: typeof durable.store.append = (stream, expected, events) =>
    events.some((event) => event.type === type)
      ? Promise.reject(new Error('The process stops here'))
      : durable.store.append(stream, expected, events);
  bench.restart({ ...durable, store: overridingStore(durable.store, { append }) });
  await run();
  bench.restart();
};

describe('the offer of a cart', () => {
  it('is what the order then costs, and what its lines and promotions add up to', async () => {
    const shop = await open();
    const { bench, pen, mug } = shop;
    const automatic = await bench.demand('createPromotion', {
      name: 'Desk',
      amount: gbp(101),
      categories: ['desk'],
    });
    const coupon = await createCoupon(bench, { productIds: [mug] });
    await bench.demand('addToCart', { customerId: ann, productId: pen, quantity: 1 }, { as: customer(ann) });
    await fill(shop, ann, ' spring ', 3);
    const offered = await offer(shop, ann);
    // 101 over 120 and 1500 is 7 and 94; 10 % of the 1406 that are left of the mugs is 140.
    expect(offered).toEqual({
      lines: [
        { productId: pen, discount: gbp(7) },
        { productId: mug, discount: gbp(234) },
      ],
      promotions: [
        { promotionId: automatic.promotionId, name: 'Desk', amount: gbp(101) },
        { promotionId: coupon.promotionId, name: 'Spring', coupon: 'SPRING', amount: gbp(140) },
      ],
      ...{ goods: gbp(1_620), discount: gbp(241), total: gbp(1_379), coupon: 'SPRING' },
      shippingOptions: [],
    });
    const placed = await placedBy(shop, await place(shop, ann, { expectedTotal: offered.total }));
    expect(placed.total).toEqual(gbp(1_379));
    expect(placed.lines.map(({ discount }) => discount)).toEqual([gbp(7), gbp(234)]);
    expect(placed.promotions).toEqual(offered.promotions);
  });

  it('has no sums for an empty cart', async () => {
    const shop = await open();
    expect(await offer(shop, ann)).toEqual({ lines: [], promotions: [], shippingOptions: [] });
  });

  it('says why a coupon that was applied does not apply any more, and the order is refused for it', async () => {
    const shop = await open();
    const { promotionId } = await createCoupon(shop.bench, { minimum: gbp(1_000) });
    await fill(shop, ann, null, 2);
    await shop.bench.demand('applyCoupon', { customerId: ann, coupon: 'SPRING' }, { as: customer(ann) });
    const less = { customerId: ann, productId: shop.mug, quantity: 1 };
    await shop.bench.demand('changeCartLine', less, { as: customer(ann) });
    const offered = await offer(shop, ann);
    expect(offered).toMatchObject({ total: gbp(500), coupon: 'SPRING', promotions: [] });
    expect(offered.problem?.code).toBe('PROMOTION_MINIMUM_NOT_REACHED');
    expect(await refusal(shop, ann)).toEqual({
      ...{ code: 'PROMOTION_MINIMUM_NOT_REACHED', promotionId, minimum: gbp(1_000), reached: gbp(500) },
    });
    await shop.bench.demand('removeCoupon', { customerId: ann }, { as: customer(ann) });
    expect((await placedBy(shop, await place(shop, ann))).total).toEqual(gbp(500));
  });

  it('refuses a total that the customer has not seen, without taking a use', async () => {
    const shop = await open();
    const { promotionId } = await createCoupon(shop.bench, { usesMax: 1 });
    await fill(shop, ann);
    expect(await refusal(shop, ann, { expectedTotal: gbp(500) })).toMatchObject({ code: 'TOTAL_CHANGED' });
    expect(await usesOf(shop, promotionId)).toBe(0);
  });
});

describe('a coupon', () => {
  it.each([
    ['unknown', 'NONESUCH', {}, { code: 'COUPON_UNKNOWN', coupon: 'NONESUCH' }],
    ['too early', 'SPRING', { startsAt: '2999-01-01T00:00:00.000Z' }, { code: 'PROMOTION_NOT_ACTIVE' }],
    ['for other goods', 'SPRING', { categories: ['garden'] }, { code: 'PROMOTION_HAS_NO_GOODS' }],
    ['worth more than the cart', 'SPRING', { percent: 100 }, { code: 'PROMOTION_TAKES_ALL' }],
  ])('is refused when it is %s', async (_, coupon, rule, expected) => {
    const shop = await open();
    await createCoupon(shop.bench, rule);
    await fill(shop, ann, null);
    const given = { customerId: ann, coupon };
    expect(await shop.bench.refusal('applyCoupon', given, { as: customer(ann) })).toMatchObject(expected);
  });

  it('is refused for an empty cart', async () => {
    const shop = await open();
    await createCoupon(shop.bench);
    const given = { customerId: ann, coupon: 'SPRING' };
    expect(await shop.bench.refusal('applyCoupon', given, { as: customer(ann) })).toEqual({
      code: 'CART_EMPTY',
    });
  });

  it('is one promotion for ever', async () => {
    const { bench } = await open();
    const first = await createCoupon(bench);
    expect(await createCoupon(bench)).toEqual(first);
    bench.restart();
    expect(await createCoupon(bench)).toEqual(first);
    const other = { name: 'Spring', coupon: 'spring', percent: 20 };
    expect(await bench.refusal('createPromotion', other)).toEqual({ code: 'COUPON_TAKEN', coupon: 'SPRING' });
  });

  it('does not apply once it is stopped, and orders that used it stay as they are', async () => {
    const shop = await open();
    const { promotionId } = await createCoupon(shop.bench);
    await fill(shop, bob);
    const orderId = await place(shop, bob);
    await fill(shop, ann);
    await shop.bench.demand('stopPromotion', { promotionId });
    expect(await refusal(shop, ann)).toEqual({ code: 'PROMOTION_NOT_ACTIVE', promotionId, state: 'STOPPED' });
    expect((await placedBy(shop, orderId)).total).toEqual(gbp(450));
  });
});

describe('an automatic promotion', () => {
  it('applies without a code, until it is stopped', async () => {
    const shop = await open();
    const { promotionId } = await shop.bench.demand('createPromotion', { name: 'All', percent: 20 });
    await fill(shop, ann, null);
    expect((await placedBy(shop, await place(shop, ann))).total).toEqual(gbp(400));
    await shop.bench.demand('stopPromotion', { promotionId });
    await fill(shop, ann, null);
    expect((await placedBy(shop, await place(shop, ann))).total).toEqual(gbp(500));
  });

  it('keeps its limit too: later orders are placed without it', async () => {
    const shop = await open();
    await shop.bench.demand('createPromotion', { name: 'First', percent: 20, usesMax: 1 });
    await fill(shop, ann, null);
    await fill(shop, bob, null);
    expect((await placedBy(shop, await place(shop, ann))).total).toEqual(gbp(400));
    expect((await placedBy(shop, await place(shop, bob))).total).toEqual(gbp(500));
  });

  it('is left out of the order that loses the race for its last use, unless its customer has seen another total', async () => {
    const shop = await open();
    const { bench } = shop;
    await bench.demand('createPromotion', { name: 'First', percent: 20, usesMax: 1 });
    await fill(shop, ann, null);
    await fill(shop, bob, null);
    const [first, second] = await Promise.all([place(shop, ann), place(shop, bob)]);
    const totals = [await placedBy(shop, first), await placedBy(shop, second)].map(({ total }) => total);
    expect(totals).toEqual(expect.arrayContaining([gbp(400), gbp(500)]));

    await bench.demand('createPromotion', { name: 'Second', percent: 20, usesMax: 1 });
    await fill(shop, ann, null);
    await fill(shop, bob, null);
    const seen = (by: AccountId) =>
      bench.send('placeOrder', input(by, { expectedTotal: gbp(400) }), { as: customer(by) });
    const outcomes = await Promise.all([seen(ann), seen(bob)]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'rejected']);
    expect(outcomes.find(({ kind }) => kind === 'rejected')).toMatchObject({
      rejection: { code: 'TOTAL_CHANGED' },
    });
  });

  it('gives its place in the list back where its creation stopped half-way', async () => {
    const shop = await open();
    const { bench } = shop;
    await stopBefore(bench, 'PromotionCreated', () =>
      expect(bench.send('createPromotion', { name: 'All', percent: 10 })).rejects.toThrow(),
    );
    const listed = async () =>
      (await bench.clock.drive(bench.life().aggregates.of(automaticPromotions).load(automaticPromotionsId)))
        .promotionIds;
    const [promotionId] = await listed();
    expect(await bench.refusal('stopPromotion', { promotionId: promotionId! })).toEqual({
      ...{ code: 'PROMOTION_NOT_FOUND', promotionId },
    });
    expect(await listed()).toEqual([]);
  });

  it('with a wrong rule takes no place in the list', async () => {
    const { bench } = await open();
    const wrong = { name: 'Wrong', percent: 0 };
    expect(await bench.refusal('createPromotion', wrong)).toEqual({
      code: 'PROMOTION_INVALID',
      field: 'percent',
    });
    expect(await bench.count('AutomaticPromotionAdded')).toBe(0);
  });
});

describe('the uses of a promotion', () => {
  it('are limited for all customers', async () => {
    const shop = await open();
    const { promotionId } = await createCoupon(shop.bench, { usesMax: 1 });
    await fill(shop, ann);
    await fill(shop, bob);
    await place(shop, ann);
    expect(await refusal(shop, bob)).toEqual({ code: 'PROMOTION_USED_UP', promotionId, usesMax: 1 });
    expect(await shop.bench.count('OrderPlaced')).toBe(1);
  });

  it('are limited for each customer', async () => {
    const shop = await open();
    const { promotionId } = await createCoupon(shop.bench, { usesOfCustomerMax: 1 });
    await fill(shop, ann);
    await place(shop, ann);
    await fill(shop, ann, null);
    const again = { customerId: ann, coupon: 'SPRING' };
    expect(await shop.bench.refusal('applyCoupon', again, { as: customer(ann) })).toEqual({
      ...{ code: 'PROMOTION_USED_BY_CUSTOMER', promotionId, usesMax: 1 },
    });
    await fill(shop, bob);
    await place(shop, bob);
    expect(await usesOf(shop, promotionId)).toBe(2);
  });

  it('are counted once for an order that is placed twice with the same key', async () => {
    const shop = await open();
    const { promotionId } = await createCoupon(shop.bench, { usesMax: 1 });
    await fill(shop, ann);
    const send = () => shop.bench.send('placeOrder', input(ann), { as: customer(ann), id: 'once' });
    const first = await send();
    expect(await send()).toMatchObject({ kind: 'accepted', value: first.kind === 'accepted' && first.value });
    expect(await usesOf(shop, promotionId)).toBe(1);
  });

  it.each<readonly [string, string | null]>([
    ['unpaid', null],
    ['paid, of which nothing has left', 'test'],
  ])('come back when an order is cancelled that is %s', async (_, paymentMethod) => {
    const bench = createOrderBench({ world: false });
    const shop: Shop = { bench, ...(await furnish(bench)) };
    bench.start();
    const { promotionId } = await createCoupon(bench, { usesMax: 1 });
    await fill(shop, ann);
    const orderId = await place(shop, ann, paymentMethod === null ? {} : { paymentMethod });
    await bench.settle();
    expect(await bench.count('PromotionUseConfirmed')).toBe(1);
    await bench.demand('cancelOrder', { orderId }, { as: customer(ann) });
    await bench.settle();
    expect(await usesOf(shop, promotionId)).toBe(0);
    await fill(shop, bob);
    await place(shop, bob);
    await bench.stop();
  });

  it('do not come back when an order is refunded after it was delivered', async () => {
    const shop = await open();
    const { bench } = shop;
    bench.start();
    const { promotionId } = await createCoupon(bench, { usesMax: 1 });
    await fill(shop, ann);
    const orderId = await place(shop, ann, { paymentMethod: 'test' });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    await bench.demand('refundOrder', { orderId, amount: gbp(450), reason: 'broken' });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(await usesOf(shop, promotionId)).toBe(1);
    await bench.stop();
  });
});

describe('a use that was reserved for an order that was not placed', () => {
  /** Ann reserves the only use, and the store fails before her order is written. */
  const abandoned = async () => {
    const shop = await open();
    const { bench } = shop;
    const { promotionId } = await createCoupon(bench, { usesMax: 1 });
    await fill(shop, ann);
    await fill(shop, bob);
    await stopBefore(bench, 'OrderPlaced', () =>
      expect(bench.send('placeOrder', input(ann), { as: customer(ann) })).rejects.toThrow(),
    );
    expect(await usesOf(shop, promotionId)).toBe(1);
    return { ...shop, promotionId };
  };

  it('is held for a while, and then another order has it', async () => {
    const shop = await abandoned();
    expect(await refusal(shop, bob)).toMatchObject({ code: 'PROMOTION_USED_UP' });
    await shop.bench.clock.advance(USE_HELD_MS);
    await place(shop, bob);
    expect(await refusal(shop, ann)).toMatchObject({ code: 'PROMOTION_USED_UP' });
    expect(await usesOf(shop, shop.promotionId)).toBe(1);
  });

  it('is used by the order if it is placed after all', async () => {
    const shop = await abandoned();
    await shop.bench.clock.advance(USE_HELD_MS);
    await place(shop, ann);
    expect(await refusal(shop, bob)).toMatchObject({ code: 'PROMOTION_USED_UP' });
  });

  it('is given back if the order was then placed without the coupon', async () => {
    const shop = await abandoned();
    await shop.bench.demand('removeCoupon', { customerId: ann }, { as: customer(ann) });
    expect((await placedBy(shop, await place(shop, ann))).total).toEqual(gbp(500));
    await shop.bench.clock.advance(USE_HELD_MS);
    await place(shop, bob);
    expect(await usesOf(shop, shop.promotionId)).toBe(1);
  });

  it('is not reserved by a repeat for an order that was placed without it', async () => {
    const shop = await open();
    const { bench } = shop;
    await fill(shop, ann, null);
    const send = () => bench.send('placeOrder', input(ann), { as: customer(ann), id: 'once' });
    await stopBefore(bench, 'CartCheckedOut', async () => expect((await send()).kind).toBe('accepted'));
    const { promotionId } = await bench.demand('createPromotion', { name: 'Late', percent: 20, usesMax: 1 });
    expect((await send()).kind).toBe('accepted');
    expect(await usesOf(shop, promotionId)).toBe(0);
    expect(await bench.count('OrderPlaced')).toBe(1);
  });

  it('is kept where the order exists and nothing has confirmed it', async () => {
    const shop = await open();
    await createCoupon(shop.bench, { usesMax: 1 });
    await fill(shop, ann);
    await fill(shop, bob);
    await place(shop, ann);
    await shop.bench.clock.advance(USE_HELD_MS);
    expect(await refusal(shop, bob)).toMatchObject({ code: 'PROMOTION_USED_UP' });
    expect(await shop.bench.count('PromotionUseConfirmed')).toBe(1);
    expect(await shop.bench.count('PromotionUseReleased')).toBe(0);
  });
});

describe('who may', () => {
  it('create and stop promotions: staff', async () => {
    const { bench } = await open();
    const rule = { name: 'Spring', percent: 10 };
    await expect(bench.send('createPromotion', rule, { as: customer(ann) })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    const staff = { kind: 'staff', id: idOf('sue'), roles: ['staff'] } as const;
    const { promotionId } = await bench.demand('createPromotion', rule, { as: staff });
    await bench.demand('stopPromotion', { promotionId }, { as: staff });
  });
});

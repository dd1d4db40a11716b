import fc from 'fast-check';
import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import type { AccountId, Instant, OrderId, ProductId, PromotionId } from './kernel';
import { money, moneyMinorMax } from './money';
import type { CurrencyCode } from './money';
import { cart, cartLinesMax, cartQuantityMax } from './cart';
import type {
  CartCheckedOut,
  CartCommand,
  CartEvent,
  CartLineAdded,
  CartLineChanged,
  CartLineRemoved,
  CartState,
  Ordered,
} from './cart';

const customerId = '5d0b6c3e-0000-5000-8000-000000000001' as AccountId;
const orderId = '5d0b6c3e-0000-5000-8000-000000000002' as OrderId;
const lamp = 'lamp' as ProductId;
const mug = 'mug' as ProductId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
const eur = (amountMinor: number) => money(amountMinor, 'EUR' as CurrencyCode);

const add = (
  productId: ProductId,
  quantity: number,
  unitPrice = gbp(890),
): Extract<CartCommand, { type: 'AddToCart' }> => ({
  type: 'AddToCart',
  customerId,
  productId,
  sku: productId,
  name: productId,
  quantity,
  unitPrice,
  at,
});
const change = (productId: ProductId, quantity: number, unitPrice = gbp(890)): CartCommand => ({
  type: 'ChangeCartLine',
  customerId,
  productId,
  quantity,
  unitPrice,
  at,
});
const remove = (productId: ProductId): CartCommand => ({ type: 'RemoveFromCart', customerId, productId, at });
const twoMugs = [{ productId: mug, quantity: 2 }];
const checkOut = (generation: number, ordered: readonly Ordered[] = twoMugs): CartCommand => ({
  type: 'CheckOutCart',
  customerId,
  orderId,
  generation,
  ordered,
  at,
});

const added = (productId: ProductId, quantity: number, unitPrice = gbp(890)): CartLineAdded => ({
  type: 'CartLineAdded',
  data: { customerId, productId, sku: productId, name: productId, quantity, unitPrice, addedAt: at },
});
const changed = (productId: ProductId, quantity: number, unitPrice = gbp(890)): CartLineChanged => ({
  type: 'CartLineChanged',
  data: { customerId, productId, quantity, unitPrice, changedAt: at },
});
const removed = (productId: ProductId): CartLineRemoved => ({
  type: 'CartLineRemoved',
  data: { customerId, productId, removedAt: at },
});
const checkedOut = (generation: number, ordered: readonly Ordered[] = twoMugs): CartCheckedOut => ({
  type: 'CartCheckedOut',
  data: { customerId, orderId, generation, ordered, checkedOutAt: at },
});

const outOfRange = (quantity: number) =>
  ({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: cartQuantityMax }) as const;
const tooLarge = { code: 'CART_TOTAL_TOO_LARGE', totalMinorMax: moneyMinorMax } as const;
const noSums = [0, -1, 1.5, Number.NaN, cartQuantityMax + 1];
const aSecondDeed = { again: 'new events' } as const;

describe('AddToCart', () => {
  it('adds a line', () =>
    given(cart, [])
      .when(add(mug, 2))
      .then([added(mug, 2)], aSecondDeed));

  it('adds to a line, which takes on the price of today', () =>
    given(cart, [added(mug, 2)])
      .when(add(mug, 3, gbp(990)))
      .then([added(mug, 5, gbp(990))], aSecondDeed));

  it.each(noSums)('refuses a quantity of %d', (quantity) =>
    given(cart, []).when(add(mug, quantity)).thenRejected(outOfRange(quantity)),
  );

  it('takes as many as a line can hold, and counts what is there already', () => {
    given(cart, [added(mug, 1)])
      .when(add(mug, cartQuantityMax - 1))
      .then([added(mug, cartQuantityMax)], { again: outOfRange(2 * cartQuantityMax - 1) });
    given(cart, [added(mug, 1)])
      .when(add(mug, cartQuantityMax))
      .thenRejected(outOfRange(cartQuantityMax + 1));
  });

  it('refuses another product in a full cart, not more of one that is in it', () => {
    const full = Array.from({ length: cartLinesMax }, (_, index) => added(`p${index}` as ProductId, 1));
    given(cart, full).when(add(mug, 1)).thenRejected({ code: 'CART_FULL', linesMax: 1_000 });
    given(cart, full)
      .when(add('p0' as ProductId, 1))
      .then([added('p0' as ProductId, 2)], aSecondDeed);
  });

  it('refuses a second currency', () =>
    given(cart, [added(mug, 1)])
      .when(add(lamp, 1, eur(100)))
      .thenRejected({ code: 'CART_CURRENCY_MIXED', cart: gbp(1).currency, product: eur(1).currency }));

  it('takes a total of the one bound for money, and refuses one minor unit more', () => {
    const half = gbp(moneyMinorMax / 2);
    given(cart, [added(lamp, 1, half)])
      .when(add(mug, 1, half))
      .then([added(mug, 1, half)], { again: tooLarge });
    given(cart, [added(lamp, 1, half)])
      .when(add(mug, 1, gbp(moneyMinorMax / 2 + 1)))
      .thenRejected(tooLarge);
  });

  it('counts a line once that takes on the price of today', () =>
    given(cart, [added(mug, 1, gbp(moneyMinorMax))])
      .when(add(mug, 1, gbp(moneyMinorMax / 2)))
      .then([added(mug, 2, gbp(moneyMinorMax / 2))], { again: tooLarge }));

  it('takes any currency again once it is empty', () =>
    given(cart, [added(mug, 1), removed(mug)])
      .when(add(lamp, 1, eur(100)))
      .then([added(lamp, 1, eur(100))], aSecondDeed));
});

describe('ChangeCartLine', () => {
  it('sets the quantity', () =>
    given(cart, [added(mug, 2)])
      .when(change(mug, 7))
      .then([changed(mug, 7)]));

  it('takes on the price of today although the quantity stays', () =>
    given(cart, [added(mug, 2)])
      .when(change(mug, 2, gbp(990)))
      .then([changed(mug, 2, gbp(990))]));

  it('leaves alone what is so already', () =>
    given(cart, [added(mug, 2)])
      .when(change(mug, 2))
      .then([]));

  it.each(noSums)('refuses a quantity of %d', (quantity) =>
    given(cart, [added(mug, 2)])
      .when(change(mug, quantity))
      .thenRejected(outOfRange(quantity)),
  );

  it('rejects a total above the limit for money', () =>
    given(cart, [added(mug, 2, gbp(moneyMinorMax / 2))])
      .when(change(mug, 3, gbp(moneyMinorMax / 2)))
      .thenRejected(tooLarge));

  it('makes a line smaller that came into the cart before money was bounded', () =>
    given(cart, [added(mug, 2, gbp(Number.MAX_SAFE_INTEGER))])
      .when(change(mug, 1, gbp(5)))
      .then([changed(mug, 1, gbp(5))]));

  it('does not find a line that is not there', () =>
    given(cart, [added(mug, 2)])
      .when(change(lamp, 1))
      .thenRejected({ code: 'CART_LINE_NOT_FOUND', productId: lamp }));

  it('refuses a second currency', () =>
    given(cart, [added(mug, 1), added(lamp, 1)])
      .when(change(lamp, 1, eur(100)))
      .thenRejected({ code: 'CART_CURRENCY_MIXED', cart: gbp(1).currency, product: eur(1).currency }));
});

describe('RemoveFromCart', () => {
  const lineNotFound = { code: 'CART_LINE_NOT_FOUND', productId: mug } as const;

  it('removes the line', () =>
    given(cart, [added(mug, 2), added(lamp, 1)])
      .when(remove(mug))
      .then([removed(mug)], { again: lineNotFound }));

  it('does not find a line that is not there', () =>
    given(cart, []).when(remove(mug)).thenRejected(lineNotFound));
});

describe('CheckOutCart', () => {
  it('empties the cart into the order', () =>
    given(cart, [added(mug, 2)])
      .when(checkOut(0))
      .then([checkedOut(0)]));

  it('leaves alone what was put into the cart after that check-out', () =>
    given(cart, [added(mug, 2), checkedOut(0), added(lamp, 1)])
      .when(checkOut(0))
      .then([]));

  it('checks out the next generation', () =>
    given(cart, [added(mug, 2), checkedOut(0), added(lamp, 1)])
      .when(checkOut(1, [{ productId: lamp, quantity: 1 }]))
      .then([checkedOut(1, [{ productId: lamp, quantity: 1 }])]));

  it('refuses to order nothing', () =>
    given(cart, []).when(checkOut(0, [])).thenRejected({ code: 'CART_EMPTY' }));

  it('begins the next generation although the cart was emptied by hand after it was ordered', () =>
    given(cart, [added(mug, 2), removed(mug)])
      .when(checkOut(0))
      .then([checkedOut(0)]));

  it('refuses a generation that has not begun', () =>
    given(cart, [added(mug, 2)])
      .when(checkOut(1))
      .thenRejected({ code: 'CART_EMPTY' }));
});

describe('the state', () => {
  const linesAfter = (...history: CartEvent[]): readonly (readonly [ProductId, number])[] =>
    history
      .reduce(cart.evolve, cart.initial)
      .lines.map(({ productId, quantity }) => [productId, quantity] as const);

  it.each<[string, CartEvent[], (readonly [ProductId, number])[]]>([
    ['a line that was added after the order read the cart', [added(mug, 2), added(lamp, 1)], [[lamp, 1]]],
    ['the pieces that a line has more', [added(mug, 2), added(mug, 5)], [[mug, 3]]],
    ['nothing of a line that was made smaller', [added(mug, 2), changed(mug, 1)], []],
    ['nothing of a line that was removed', [added(mug, 2), removed(mug)], []],
    ['nothing when all was ordered', [added(mug, 2)], []],
  ])('keeps, when the cart is checked out, %s', (_, history, kept) =>
    expect(linesAfter(...history, checkedOut(0))).toStrictEqual(kept),
  );

  it('keeps nothing when it is not said what was ordered', () => {
    const old: CartCheckedOut = {
      type: 'CartCheckedOut',
      data: { customerId, orderId, generation: 0, checkedOutAt: at },
    };
    expect(linesAfter(added(mug, 2), added(lamp, 1), old)).toStrictEqual([]);
  });

  it('shows the lines as the customer saw them, in the order of their coming', () => {
    const history = [added(mug, 2), added(lamp, 1), changed(mug, 3, gbp(990))];
    expect(history.reduce(cart.evolve, cart.initial)).toStrictEqual({
      generation: 0,
      lines: [
        { productId: mug, sku: mug, name: mug, quantity: 3, unitPrice: gbp(990) },
        { productId: lamp, sku: lamp, name: lamp, quantity: 1, unitPrice: gbp(890) },
      ],
    });
  });

  it('refuses to fold a change of a line that never was', () =>
    expect(() => cart.evolve(cart.initial, changed(mug, 1))).toThrow('CartLineChanged'));
});

describe('the coupon', () => {
  const [spring, autumn] = ['spring' as PromotionId, 'autumn' as PromotionId];
  const apply = (promotionId: PromotionId): CartCommand => ({
    ...{ type: 'ApplyCoupon', customerId, promotionId, coupon: promotionId.toUpperCase(), at },
  });
  const applied = (promotionId: PromotionId): CartEvent => ({
    type: 'CartCouponApplied',
    data: { customerId, promotionId, coupon: promotionId.toUpperCase(), appliedAt: at },
  });
  const dropped: CartEvent = { type: 'CartCouponRemoved', data: { customerId, removedAt: at } };

  it('is applied to a cart with goods', () =>
    given(cart, [added(mug, 2)])
      .when(apply(spring))
      .then([applied(spring)]));

  it('takes the place of another one', () =>
    given(cart, [added(mug, 2), applied(spring)])
      .when(apply(autumn))
      .then([applied(autumn)]));

  it('is refused for an empty cart', () =>
    given(cart, []).when(apply(spring)).thenRejected({ code: 'CART_EMPTY' }));

  it('is removed, also if there is none', () => {
    const withdraw: CartCommand = { type: 'RemoveCoupon', customerId, at };
    given(cart, [added(mug, 2), applied(spring)])
      .when(withdraw)
      .then([dropped]);
    given(cart, [added(mug, 2)])
      .when(withdraw)
      .then([]);
  });

  it('outlasts changes of the lines, and does not outlast the order', () => {
    const state = [added(mug, 2), applied(spring), added(lamp, 1)].reduce(cart.evolve, cart.initial);
    expect(state.coupon).toEqual({ promotionId: spring, coupon: 'SPRING' });
    const decision = cart.decide(checkOut(0, state.lines), state);
    expect((decision.ok ? decision.events : []).reduce(cart.evolve, state).coupon).toBeUndefined();
  });
});

it('keeps its limits, one currency and one line a product; counts check-outs; records repeats once', () =>
  alongEveryWalk(
    cart,
    ({ lines, generation }) => [
      ...[mug, lamp].flatMap((productId) => [add(productId, 1), add(productId, 99_999), remove(productId)]),
      add(mug, 1, eur(100)),
      ...lines.flatMap(({ productId, quantity, unitPrice }) => [
        change(productId, quantity, unitPrice),
        change(productId, quantity + 1, unitPrice),
        change(productId, quantity, gbp(unitPrice.amountMinor + 1)),
      ]),
      ...[generation - 1, generation, generation + 1].flatMap((named) => [
        checkOut(named, lines),
        checkOut(named, lines.slice(1)),
        checkOut(named),
      ]),
    ],
    (step) => {
      const { lines, generation } = step.after;
      expect(new Set(lines.map(({ productId }) => productId)).size).toBe(lines.length);
      expect(new Set(lines.map(({ unitPrice }) => unitPrice.currency)).size).toBeLessThanOrEqual(1);
      expect(lines.every(({ quantity }) => quantity >= 1 && quantity <= cartQuantityMax)).toBe(true);
      const wasCheckedOut = step.decision.ok && step.decision.events[0]?.type === 'CartCheckedOut';
      expect(generation).toBe(step.before.generation + (wasCheckedOut ? 1 : 0));
      // Adding twice is two additions; only the command id tells a repeat.
      if (step.command.type !== 'AddToCart') recordsOnce(cart, step);
    },
  ));

it('neither loses nor doubles a piece, with any changes between the reading of the cart and its check-out', () => {
  const addition = fc.record({
    productId: fc.constantFrom(mug, lamp),
    quantity: fc.integer({ min: 1, max: 9 }),
  });
  const additions = fc.array(addition, { maxLength: 8 });
  const put = (state: CartState, { productId, quantity }: Ordered): CartState => {
    const decision = cart.decide(add(productId, quantity), state);
    return decision.ok ? decision.events.reduce(cart.evolve, state) : state;
  };
  const piecesIn = (lines: readonly Ordered[], of: ProductId): number =>
    lines.reduce((sum, { productId, quantity }) => (productId === of ? sum + quantity : sum), 0);
  fc.assert(
    fc.property(additions, additions, (before, meanwhile) => {
      const read = before.reduce(put, cart.initial);
      fc.pre(read.lines.length > 0);
      const full = meanwhile.reduce(put, read);
      const decision = cart.decide(checkOut(0, read.lines), full);
      const after = decision.ok ? decision.events.reduce(cart.evolve, full) : full;
      expect(after.generation).toBe(1);
      for (const productId of [mug, lamp])
        expect(piecesIn(after.lines, productId)).toBe(piecesIn(meanwhile, productId));
    }),
  );
});

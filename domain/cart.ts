import {
  accept,
  plainState,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type OrderId,
  type ProductId,
  type PromotionId,
} from './kernel';
import { equals, moneyMinorMax, type CurrencyCode, type Money } from './money';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type CartLineAdded = Fact<
  'CartLineAdded',
  {
    customerId: AccountId;
    productId: ProductId;
    sku: string;
    name: string;
    /** The quantity in the cart after the addition. */
    quantity: number;
    unitPrice: Money;
    addedAt: Instant;
  }
>;

/** The quantity was set, and the line took the current price. */
export type CartLineChanged = Fact<
  'CartLineChanged',
  { customerId: AccountId; productId: ProductId; quantity: number; unitPrice: Money; changedAt: Instant }
>;

export type CartLineRemoved = Fact<
  'CartLineRemoved',
  { customerId: AccountId; productId: ProductId; removedAt: Instant }
>;

/** A quantity of a product. */
export type Ordered = { readonly productId: ProductId; readonly quantity: number };

/**
 * The cart became an order and its next generation begins. Lines that were added after the order had read the cart are
 * in the new generation. `ordered`: the lines of the order; absent in old events, which checked out the whole cart.
 */
export type CartCheckedOut = Fact<
  'CartCheckedOut',
  {
    customerId: AccountId;
    orderId: OrderId;
    generation: number;
    ordered?: readonly Ordered[] | undefined;
    checkedOutAt: Instant;
  }
>;

/** The order of this cart will use the promotion of the code, in place of one that was applied before. */
export type CartCouponApplied = Fact<
  'CartCouponApplied',
  { customerId: AccountId; promotionId: PromotionId; coupon: string; appliedAt: Instant }
>;

export type CartCouponRemoved = Fact<'CartCouponRemoved', { customerId: AccountId; removedAt: Instant }>;

export type CartEvent =
  CartLineAdded | CartLineChanged | CartLineRemoved | CartCouponApplied | CartCouponRemoved | CartCheckedOut;

export const cartEventTypes = {
  CartLineAdded: true,
  CartLineChanged: true,
  CartLineRemoved: true,
  CartCouponApplied: true,
  CartCouponRemoved: true,
  CartCheckedOut: true,
} as const satisfies Record<CartEvent['type'], true>;

/** Adds to the quantity in the cart; the line takes the current price. */
type AddToCart = {
  readonly type: 'AddToCart';
  readonly customerId: AccountId;
  readonly productId: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly at: Instant;
};

/** Sets the quantity. The line takes the current price, which is how a customer accepts a new price. */
type ChangeCartLine = {
  readonly type: 'ChangeCartLine';
  readonly customerId: AccountId;
  readonly productId: ProductId;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly at: Instant;
};

type RemoveFromCart = {
  readonly type: 'RemoveFromCart';
  readonly customerId: AccountId;
  readonly productId: ProductId;
  readonly at: Instant;
};

type ApplyCoupon = {
  readonly type: 'ApplyCoupon';
  readonly customerId: AccountId;
  readonly promotionId: PromotionId;
  readonly coupon: string;
  readonly at: Instant;
};

type RemoveCoupon = { readonly type: 'RemoveCoupon'; readonly customerId: AccountId; readonly at: Instant };

/**
 * Removes the order's lines (`ordered`, one entry a product) from the cart of `generation`; what was added meanwhile
 * stays. If the cart is at a later generation, this check-out has already happened.
 */
type CheckOutCart = {
  readonly type: 'CheckOutCart';
  readonly customerId: AccountId;
  readonly orderId: OrderId;
  readonly generation: number;
  readonly ordered: readonly Ordered[];
  readonly at: Instant;
};

export type CartCommand =
  AddToCart | ChangeCartLine | RemoveFromCart | ApplyCoupon | RemoveCoupon | CheckOutCart;

export type CartRejection =
  | {
      readonly code: 'QUANTITY_OUT_OF_RANGE';
      readonly quantity: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'CART_FULL'; readonly linesMax: number }
  | { readonly code: 'CART_TOTAL_TOO_LARGE'; readonly totalMinorMax: number }
  | { readonly code: 'CART_LINE_NOT_FOUND'; readonly productId: ProductId }
  | { readonly code: 'CART_CURRENCY_MIXED'; readonly cart: CurrencyCode; readonly product: CurrencyCode }
  | { readonly code: 'CART_EMPTY' };

/** `unitPrice`: the price that the customer has seen. */
export type CartLine = {
  readonly productId: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
};

export type CartState = {
  /** The number of check-outs so far. The order's id is derived from the customer and this number. */
  readonly generation: number;
  /** Sorted by the time at which each product was first added. */
  readonly lines: readonly CartLine[];
  /** The coupon of the next order, at most one. */
  readonly coupon?: { readonly promotionId: PromotionId; readonly coupon: string } | undefined;
};

const initial: CartState = { generation: 0, lines: [] };

export const lineOf = ({ lines }: CartState, productId: ProductId): CartLine | undefined =>
  lines.find((line) => line.productId === productId);

const withLine = (state: CartState, line: CartLine): CartState => ({
  ...state,
  lines: lineOf(state, line.productId)
    ? state.lines.map((present) => (present.productId === line.productId ? line : present))
    : [...state.lines, line],
});

/** Returns what stays in a cart after the check-out of `ordered`; nothing where `ordered` is absent. */
export const withoutOrdered = <Line extends Ordered>(
  lines: readonly Line[],
  ordered: readonly Ordered[] | undefined,
): readonly Line[] => {
  if (ordered === undefined) return [];
  const taken = new Map(ordered.map(({ productId, quantity }) => [productId, quantity]));
  return lines
    .map((line) => ({ ...line, quantity: line.quantity - (taken.get(line.productId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
};

const evolve = (state: CartState, event: CartEvent): CartState => {
  switch (event.type) {
    case 'CartLineAdded': {
      const { productId, sku, name, quantity, unitPrice } = event.data;
      return withLine(state, { productId, sku, name, quantity, unitPrice });
    }
    case 'CartLineChanged': {
      const { productId, quantity, unitPrice } = event.data;
      const line = lineOf(state, productId);
      if (line === undefined) throw new Error(`${event.type} of a product that is not in the cart`);
      return withLine(state, { ...line, quantity, unitPrice });
    }
    case 'CartLineRemoved':
      return { ...state, lines: state.lines.filter(({ productId }) => productId !== event.data.productId) };
    case 'CartCouponApplied': {
      const { promotionId, coupon } = event.data;
      return { ...state, coupon: { promotionId, coupon } };
    }
    case 'CartCouponRemoved':
      return { ...state, coupon: undefined };
    case 'CartCheckedOut':
      return {
        generation: event.data.generation + 1,
        lines: withoutOrdered(state.lines, event.data.ordered),
      };
    default:
      return unreachable(event);
  }
};

type CartDecision = Decision<CartEvent, CartRejection>;

/** The highest quantity of one product. */
export const cartQuantityMax = 100_000;

export const cartLinesMax = 1_000;

const isQuantity = (quantity: number): boolean =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= cartQuantityMax;

const quantityOutOfRange = (quantity: number): CartDecision =>
  reject({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: cartQuantityMax });

/**
 * Checks the total, because a cart becomes one order and an order's total is bounded. Lines from before this limit keep
 * their prices.
 */
const refusalOfTotal = (
  { lines }: CartState,
  { productId, quantity, unitPrice }: Pick<AddToCart, 'productId' | 'quantity' | 'unitPrice'>,
): CartRejection | undefined => {
  const others = lines.filter((line) => line.productId !== productId);
  const total = others.reduce(
    (sum, line) => sum + line.unitPrice.amountMinor * line.quantity,
    unitPrice.amountMinor * quantity,
  );
  return total > moneyMinorMax ? { code: 'CART_TOTAL_TOO_LARGE', totalMinorMax: moneyMinorMax } : undefined;
};

/** Checks the currency, because a cart becomes one order and an order is paid in one currency. */
const refusalOfCurrency = ({ lines }: CartState, { currency }: Money): CartRejection | undefined => {
  const [first] = lines;
  if (first === undefined || first.unitPrice.currency === currency) return undefined;
  return { code: 'CART_CURRENCY_MIXED', cart: first.unitPrice.currency, product: currency };
};

const addToCart = (command: AddToCart, state: CartState): CartDecision => {
  const { customerId, productId, sku, name, unitPrice, at } = command;
  // An addition of zero or fewer pieces would be a removal.
  if (!isQuantity(command.quantity)) return quantityOutOfRange(command.quantity);
  const line = lineOf(state, productId);
  const quantity = command.quantity + (line?.quantity ?? 0);
  // The limit of a line counts the pieces that are already in the cart.
  if (!isQuantity(quantity)) return quantityOutOfRange(quantity);
  // A cart becomes one order, and the number of an order's lines is bounded.
  if (line === undefined && state.lines.length >= cartLinesMax)
    return reject({ code: 'CART_FULL', linesMax: cartLinesMax });
  const refusal =
    refusalOfCurrency(state, unitPrice) ?? refusalOfTotal(state, { productId, quantity, unitPrice });
  if (refusal !== undefined) return reject(refusal);
  return accept({
    type: 'CartLineAdded',
    data: { customerId, productId, sku, name, quantity, unitPrice, addedAt: at },
  });
};

const changeCartLine = (command: ChangeCartLine, state: CartState): CartDecision => {
  const { customerId, productId, quantity, unitPrice, at } = command;
  // A quantity of zero would be a removal, which is a command of its own.
  if (!isQuantity(quantity)) return quantityOutOfRange(quantity);
  const line = lineOf(state, productId);
  if (line === undefined) return reject({ code: 'CART_LINE_NOT_FOUND', productId });
  const refusal = refusalOfCurrency(state, unitPrice);
  if (refusal !== undefined) return reject(refusal);
  if (line.quantity === quantity && equals(line.unitPrice, unitPrice)) return accept();
  const tooLarge = refusalOfTotal(state, command);
  if (tooLarge !== undefined) return reject(tooLarge);
  return accept({
    type: 'CartLineChanged',
    data: { customerId, productId, quantity, unitPrice, changedAt: at },
  });
};

const removeFromCart = ({ customerId, productId, at }: RemoveFromCart, state: CartState): CartDecision => {
  if (lineOf(state, productId) === undefined) return reject({ code: 'CART_LINE_NOT_FOUND', productId });
  return accept({ type: 'CartLineRemoved', data: { customerId, productId, removedAt: at } });
};

const applyCoupon = (
  { customerId, promotionId, coupon, at }: ApplyCoupon,
  { lines, coupon: present }: CartState,
): CartDecision => {
  // The code says nothing about an empty cart.
  if (lines.length === 0) return reject({ code: 'CART_EMPTY' });
  if (present?.promotionId === promotionId) return accept();
  return accept({ type: 'CartCouponApplied', data: { customerId, promotionId, coupon, appliedAt: at } });
};

const removeCoupon = ({ customerId, at }: RemoveCoupon, { coupon }: CartState): CartDecision =>
  coupon === undefined
    ? accept()
    : accept({ type: 'CartCouponRemoved', data: { customerId, removedAt: at } });

const checkOutCart = (command: CheckOutCart, state: CartState): CartDecision => {
  const { customerId, orderId, generation, ordered, at } = command;
  // This check-out has already happened. The present lines were added after it.
  if (generation < state.generation) return accept();
  // An empty order or one of a future generation makes no sense. A cart that the customer emptied meanwhile is checked
  // out all the same: its order exists, and the next order needs the next generation.
  if (generation > state.generation || ordered.length === 0) return reject({ code: 'CART_EMPTY' });
  return accept({
    type: 'CartCheckedOut',
    data: { customerId, orderId, generation, ordered, checkedOutAt: at },
  });
};

const decide = (command: CartCommand, state: CartState): CartDecision => {
  switch (command.type) {
    case 'AddToCart':
      return addToCart(command, state);
    case 'ChangeCartLine':
      return changeCartLine(command, state);
    case 'RemoveFromCart':
      return removeFromCart(command, state);
    case 'ApplyCoupon':
      return applyCoupon(command, state);
    case 'RemoveCoupon':
      return removeCoupon(command, state);
    case 'CheckOutCart':
      return checkOutCart(command, state);
    default:
      return unreachable(command);
  }
};

export const cart: Decider<CartState, CartCommand, CartEvent, CartRejection> = {
  category: 'cart',
  initial,
  decide,
  evolve,
  snapshot: plainState(),
};

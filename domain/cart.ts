import {
  accept,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type OrderId,
  type ProductId,
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
    /** How many are in the cart now, after the addition. */
    quantity: number;
    unitPrice: Money;
    addedAt: Instant;
  }
>;

/** The quantity was set, and the line took on the price of that moment. */
export type CartLineChanged = Fact<
  'CartLineChanged',
  { customerId: AccountId; productId: ProductId; quantity: number; unitPrice: Money; changedAt: Instant }
>;

export type CartLineRemoved = Fact<
  'CartLineRemoved',
  { customerId: AccountId; productId: ProductId; removedAt: Instant }
>;

/** So many of a product. */
export type Ordered = { readonly productId: ProductId; readonly quantity: number };

/**
 * The cart became an order and its next generation begins, with what was put into it after the order had read it.
 * `ordered`: what the order took; absent in old events, where that was everything.
 */
export type CartCheckedOut = Fact<
  'CartCheckedOut',
  {
    customerId: AccountId;
    orderId: OrderId;
    generation: number;
    ordered?: readonly Ordered[];
    checkedOutAt: Instant;
  }
>;

export type CartEvent = CartLineAdded | CartLineChanged | CartLineRemoved | CartCheckedOut;

export const cartEventTypes = {
  CartLineAdded: true,
  CartLineChanged: true,
  CartLineRemoved: true,
  CartCheckedOut: true,
} as const satisfies Record<CartEvent['type'], true>;

/** Adds to what is in the cart already; the line takes on today's price. */
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

/** Sets the quantity; the line takes on today's price, which is how a customer accepts a changed one. */
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

/**
 * Takes what the order holds (`ordered`, one entry a product) out of the cart of `generation`; what was added meanwhile
 * stays. A cart of a later generation has been checked out already.
 */
type CheckOutCart = {
  readonly type: 'CheckOutCart';
  readonly customerId: AccountId;
  readonly orderId: OrderId;
  readonly generation: number;
  readonly ordered: readonly Ordered[];
  readonly at: Instant;
};

export type CartCommand = AddToCart | ChangeCartLine | RemoveFromCart | CheckOutCart;

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

/** `unitPrice`: the one that the customer has seen. */
export type CartLine = {
  readonly productId: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
};

export type CartState = {
  /** How often it has been checked out; with the customer it names the order that the cart becomes. */
  readonly generation: number;
  /** In the order in which products were first added. */
  readonly lines: readonly CartLine[];
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

/** What stays in a cart of which an order took `ordered`; nothing where that is not said. */
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

/** Pieces of one product. */
export const cartQuantityMax = 100_000;

export const cartLinesMax = 1_000;

const isQuantity = (quantity: number): boolean =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= cartQuantityMax;

const quantityOutOfRange = (quantity: number): CartDecision =>
  reject({ code: 'QUANTITY_OUT_OF_RANGE', quantity, min: 1, max: cartQuantityMax });

/** A cart becomes one order, whose total is bounded; lines that the cart holds from before that bound count as they are. */
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

/** A cart becomes one order, which is paid in one currency. */
const refusalOfCurrency = ({ lines }: CartState, { currency }: Money): CartRejection | undefined => {
  const [first] = lines;
  if (first === undefined || first.unitPrice.currency === currency) return undefined;
  return { code: 'CART_CURRENCY_MIXED', cart: first.unitPrice.currency, product: currency };
};

const addToCart = (command: AddToCart, state: CartState): CartDecision => {
  const { customerId, productId, sku, name, unitPrice, at } = command;
  // Nobody adds less than one piece.
  if (!isQuantity(command.quantity)) return quantityOutOfRange(command.quantity);
  const line = lineOf(state, productId);
  const quantity = command.quantity + (line?.quantity ?? 0);
  // What is in the cart already counts towards the limit of a line.
  if (!isQuantity(quantity)) return quantityOutOfRange(quantity);
  // An order is of a size that people can pick.
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
  // A line of nothing is removed, not changed.
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

const checkOutCart = (command: CheckOutCart, state: CartState): CartDecision => {
  const { customerId, orderId, generation, ordered, at } = command;
  // What is in the cart now was put there after that check-out and stays.
  if (generation < state.generation) return accept();
  // Nothing can't be ordered; a generation that has not begun holds nothing. A cart that was emptied by hand meanwhile is
  // another matter: its order stands, and the next one needs a generation of its own.
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
};

import { accept, reject, unreachable } from '../kernel';
import type { Decision } from '../kernel';
import { equals, moneyMinorMax } from '../money';
import type { Money } from '../money';
import type { AddToCart, CartCommand, ChangeCartLine, CheckOutCart, RemoveFromCart } from './commands';
import type { CartEvent } from './events';
import type { CartRejection } from './rejections';
import { lineOf } from './state';
import type { CartState } from './state';

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

export const decide = (command: CartCommand, state: CartState): CartDecision => {
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

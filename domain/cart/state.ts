import { unreachable } from '../kernel';
import type { ProductId } from '../kernel';
import type { Money } from '../money';
import type { CartEvent, Ordered } from './events';

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

export const initial: CartState = { generation: 0, lines: [] };

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

export const evolve = (state: CartState, event: CartEvent): CartState => {
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

import type { AccountId, Fact, Instant, OrderId, ProductId } from '../kernel';
import type { Money } from '../money';

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

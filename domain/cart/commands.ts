import type { AccountId, Instant, OrderId, ProductId } from '../kernel';
import type { Money } from '../money';
import type { Ordered } from './events';

/** Adds to what is in the cart already; the line takes on today's price. */
export type AddToCart = {
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
export type ChangeCartLine = {
  readonly type: 'ChangeCartLine';
  readonly customerId: AccountId;
  readonly productId: ProductId;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly at: Instant;
};
export type RemoveFromCart = {
  readonly type: 'RemoveFromCart';
  readonly customerId: AccountId;
  readonly productId: ProductId;
  readonly at: Instant;
};
/**
 * Takes what the order holds (`ordered`, one entry a product) out of the cart of `generation`; what was added meanwhile
 * stays. A cart of a later generation has been checked out already.
 */
export type CheckOutCart = {
  readonly type: 'CheckOutCart';
  readonly customerId: AccountId;
  readonly orderId: OrderId;
  readonly generation: number;
  readonly ordered: readonly Ordered[];
  readonly at: Instant;
};

export type CartCommand = AddToCart | ChangeCartLine | RemoveFromCart | CheckOutCart;

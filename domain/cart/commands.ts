import type { AccountId, Instant, OrderId, ProductId } from '../kernel';
import type { Money } from '../money';

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
/** Empties the cart of `generation` into the order. A cart of a later generation has been emptied already. */
export type CheckOutCart = {
  readonly type: 'CheckOutCart';
  readonly customerId: AccountId;
  readonly orderId: OrderId;
  readonly generation: number;
  readonly at: Instant;
};

export type CartCommand = AddToCart | ChangeCartLine | RemoveFromCart | CheckOutCart;

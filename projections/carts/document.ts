import type { AccountId, Instant, ProductId } from '../../domain/kernel';
import type { Money } from '../../domain/money';

/** A customer's cart as it stands; `id` is the customer's account id. */
export type Cart = {
  readonly id: AccountId;
  readonly lines: readonly {
    readonly productId: ProductId;
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPrice: Money;
  }[];
  readonly changedAt: Instant;
};

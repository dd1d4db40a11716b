import type { AccountId, Instant, ProductId } from '../../domain/kernel';
import type { Money } from '../../domain/money';

/** A product as a shopper sees it: what it is, what it costs, how many there are, what others think of it. */
export type CatalogueProduct = {
  readonly id: ProductId;
  readonly number: number;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly imageUrl: string | null;
  readonly sellerId: AccountId | null;
  readonly active: boolean;
  readonly registeredAt: Instant;
  /** Over all warehouses. `onHand`: can be sold now. */
  readonly onHand: number;
  readonly reserved: number;
  /** Of reviews that stand. `counts[0]` is of one star. `average`: null without reviews. */
  readonly rating: {
    readonly count: number;
    readonly average: number | null;
    readonly counts: readonly number[];
  };
};

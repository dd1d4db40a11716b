import type { AccountId, Instant, ProductId } from '../../domain/kernel';
import type { Money } from '../../domain/money';
import type { RatingSummary } from '../rating';

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
  readonly rating: RatingSummary;
};
